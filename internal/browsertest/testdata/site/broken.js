console.error("said so", 42);
Promise.reject(new Error("nobody caught it"));
setTimeout(() => missing.call());
setTimeout(() => document.body.append("all said"), 50);
