// The links between the pages of the demo, in the header of each.

const PAGES = {
  "/": "Data channels",
  "/files.html": "Files",
  "/camera.html": "Camera echo",
  "/bars.html": "Colour bars",
  "/bot.html": "Voice bot",
};

const shown = location.pathname === "/index.html" ? "/" : location.pathname;

document.querySelector("header nav").append(
  ...Object.entries(PAGES).map(([path, name]) => {
    const link = document.createElement("a");
    link.href = path;
    link.textContent = name;
    if (path === shown) {
      link.setAttribute("aria-current", "page");
    }
    return link;
  }),
);
