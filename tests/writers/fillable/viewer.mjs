// Shows fil.pdf as Firefox does, with its form to type in. `window.viewer` is there when all pages are.
import * as pdfjs from "./pdfjs-dist/legacy/build/pdf.min.mjs";
globalThis.pdfjsLib = pdfjs;
pdfjs.GlobalWorkerOptions.workerSrc = "./pdfjs-dist/legacy/build/pdf.worker.min.mjs";
const { EventBus, PDFLinkService, PDFViewer } = await import("./pdfjs-dist/web/pdf_viewer.mjs");

const pdf = await pdfjs.getDocument({
  url: "fil.pdf",
  standardFontDataUrl: "./pdfjs-dist/standard_fonts/",
  wasmUrl: "./pdfjs-dist/wasm/",
}).promise;
const eventBus = new EventBus();
const linkService = new PDFLinkService({ eventBus });
const viewer = new PDFViewer({
  container: document.getElementById("container"),
  eventBus,
  linkService,
  annotationMode: pdfjs.AnnotationMode.ENABLE_FORMS,
});
linkService.setViewer(viewer);
viewer.setDocument(pdf);
linkService.setDocument(pdf);

// What is typed becomes a file, in base64.
window.saved = async () => {
  let text = "";
  for (const byte of await pdf.saveDocument()) text += String.fromCharCode(byte);
  return btoa(text);
};

// How many dark dots stand in a box (left, bottom, right, top) of a page, with fields drawn on it.
window.ink = async (number, box) => {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale: 2 });
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [viewport.width, viewport.height];
  await page.render({ canvas, viewport, annotationMode: pdfjs.AnnotationMode.ENABLE }).promise;
  const [x1, y1] = viewport.convertToViewportPoint(box[0], box[1]);
  const [x2, y2] = viewport.convertToViewportPoint(box[2], box[3]);
  const [left, top] = [Math.min(x1, x2) + 4, Math.min(y1, y2) + 4];
  const [wide, high] = [Math.abs(x2 - x1) - 8, Math.abs(y2 - y1) - 8];
  const dots = canvas.getContext("2d").getImageData(left, top, wide, high).data;
  let dark = 0;
  for (let at = 0; at < dots.length; at += 4) dark += dots[at] + dots[at + 1] + dots[at + 2] < 384;
  return dark;
};
window.pages = pdf.numPages;
window.viewer = viewer;
