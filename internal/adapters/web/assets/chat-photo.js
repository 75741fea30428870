import { say } from "./chat-dom.js";

const side = 1600; // pixels of a photo's longer side
const most = 10 * 1024 * 1024; // bytes of a file

// prepare gives a file as it is sent. A photo is drawn anew: small enough, upright, and
// without what cameras write into it, such as the place. An error's message is for the
// merchant.
export async function prepare(file) {
  const photo = file.type.startsWith("image/") && file.type !== "image/gif";
  const blob = photo ? await redraw(file) : file;
  if (blob.size > most) throw new Error(say("文件太大了，最大 10 MB。", "This file is too large: 10 MB at most."));
  if (blob.size === 0) throw new Error(say("这个文件是空的。", "This file is empty."));
  const title = (file.name || say("照片", "photo")).replace(photo ? /\.[^.]*$/ : /$^/, "") + (photo ? ".jpg" : "");
  return { blob, title, type: blob.type };
}

async function redraw(file) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    throw new Error(say("这张照片打不开，请换成 JPEG 或截图。", "This photo can't be opened. Please send a JPEG or a screenshot."));
  }
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const c = canvas.getContext("2d");
  c.fillStyle = "#fff";
  c.fillRect(0, 0, canvas.width, canvas.height);
  c.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  if (!blob) throw new Error(say("这张照片打不开。", "This photo can't be opened."));
  return blob;
}
