try {
  eval("document.title = 'eval ran'");
} catch {
  document.body.append("eval was stopped");
}
fetch("http://127.0.0.2/steal").catch(() => {});
