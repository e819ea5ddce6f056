// Keys turn the slides; without this script, the page scrolls from slide to slide as any page does.
const slides = [...document.querySelectorAll("section")];
const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };

function current() {
  const middle = window.innerHeight / 2;
  return slides.findIndex((slide) => slide.getBoundingClientRect().bottom > middle);
}

function show(n) {
  slides[Math.max(0, Math.min(slides.length - 1, n))].scrollIntoView();
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const at = current();
  if (event.key === "Home") show(0);
  else if (event.key === "End") show(slides.length - 1);
  else if (event.key in steps) show(at + (event.key === " " && event.shiftKey ? -1 : steps[event.key]));
  else return;
  event.preventDefault();
});
