// The first two times that the mouse is over the line, it moves away soon after.
const line = document.querySelector(".line"), above = document.getElementById("above");
let left = 2;
line.addEventListener("mouseenter", () => {
  if (left-- > 0) setTimeout(() => (above.style.height = `${(3 - left) * 100}px`), 5);
});
document.getElementById("deed").addEventListener("click", () => (above.textContent = "done"));
