// A drawing of the page as PNG: the file that the SVG button gives, on a canvas, with the page's own fonts in it.
// Without scripts the buttons stay hidden, and the SVG is there.
"use strict";

const SCALE = 2; // points of the picture for one of the drawing
const LARGEST = 8192; // points of one side
const SETTLE = 200; // milliseconds that the faces of a drawing are given

async function asData(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  const reader = new FileReader();
  const read = new Promise((done, failed) => {
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
  });
  reader.readAsDataURL(await answer.blob());
  return read;
}

// The faces of the page's style sheet that drawings use, each with its file inside.
async function faces(family) {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const own = rules.filter((rule) => rule instanceof CSSFontFaceRule && rule.style.getPropertyValue("font-family").includes(family));
  const texts = own.map(async (rule) => {
    const [whole, address] = rule.cssText.match(/url\("?([^")]+)"?\)/);
    return rule.cssText.replace(whole, `url(${await asData(new URL(address, location.href))})`);
  });
  return (await Promise.all(texts)).join("");
}

async function drawn(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  const drawing = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  const style = document.createElementNS(drawing.namespaceURI, "style");
  style.textContent = await faces("Be Vietnam Pro");
  drawing.prepend(style);
  const [, , width, height] = drawing.getAttribute("viewBox").split(/\s+/).map(Number);
  const scale = Math.min(SCALE, LARGEST / width, LARGEST / height);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(drawing)], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const ground = canvas.getContext("2d");
  // The first time a face is asked for it may not be ready yet, and other letters stand in; the second time it is.
  for (const rest of [SETTLE, 0]) {
    ground.clearRect(0, 0, canvas.width, canvas.height);
    ground.drawImage(image, 0, 0, canvas.width, canvas.height);
    await new Promise((done) => setTimeout(done, rest));
  }
  URL.revokeObjectURL(image.src);
  return canvas;
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

for (const button of document.querySelectorAll("button[data-picture]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const told = button.querySelector("[role=status]");
    button.disabled = true;
    try {
      const canvas = await drawn(button.dataset.picture);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
      save(blob, button.dataset.name);
      told.textContent = ` ${canvas.width} × ${canvas.height}`;
    } catch {
      told.textContent = ` ${button.dataset.failed}`;
    } finally {
      button.disabled = false;
    }
  });
}
