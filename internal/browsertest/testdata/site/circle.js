document.getElementById("two").addEventListener("keydown", (e) => {
  if (e.key !== "Tab") return;
  e.preventDefault();
  document.getElementById("one").focus();
});
