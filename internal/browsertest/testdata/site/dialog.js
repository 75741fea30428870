document.getElementById("dialog").showModal();
