document.getElementById("held").addEventListener("keydown", (e) => {
  if (e.key === "Tab") e.preventDefault();
});
