/* Draws each chart in the width that is shown, in the palette of the moment, and again when either changes. */
(function () {
  "use strict";
  var LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%.()*+-;,=>?@^_`{|}~";
  var dark = window.matchMedia("(prefers-color-scheme: dark)"), printing = false;
  var swap = JSON.parse(document.getElementById("palette").textContent);
  function figure(plot) {
    var text = plot.querySelector("script").textContent;
    if (dark.matches && !printing) {
      Object.keys(swap).forEach(function (light) { text = text.split(light).join(swap[light]); });
    }
    return JSON.parse(text);
  }
  function draw() {
    document.querySelectorAll(".plot").forEach(function (plot) {
      if (!plot.offsetParent && !printing) { return; }
      var look = (dark.matches && !printing) ? "dark" : "light", canvas = plot.querySelector(".canvas");
      if (canvas.dataset.look === look) { return; }
      var drawn = figure(plot);
      Plotly.react(canvas, drawn.data, drawn.layout, { displayModeBar: false, responsive: false });
      canvas.dataset.look = look;
    });
  }
  /* A chart as a file of its own, with the heading of its place as its title. */
  function save(button) {
    var plots = button.closest("figure").querySelectorAll(".plot");
    var plot = Array.from(plots).find(function (one) { return one.offsetParent; }) || plots[0];
    var drawn = JSON.parse(plot.querySelector("script").textContent), head = 40, layout = drawn.layout;
    // A chart that is alone in its section has the section's heading.
    var caption = button.closest("figure").querySelector("h3") || button.closest("section").querySelector("h2");
    layout.title = { text: caption ? caption.textContent.replace(/&/g, "&amp;").replace(/</g, "&lt;") : "", x: 0, xanchor: "left",
      y: 1, yanchor: "top", pad: { t: 10, l: 8 }, font: { size: 16, color: "#1B1D21" } };
    layout.margin.t += head; layout.height += head; layout.paper_bgcolor = "#fff";
    return Plotly.toImage({ data: drawn.data, layout: layout }, { format: "svg", width: layout.width, height: layout.height }).then(function (address) {
      var link = document.createElement("a");
      link.href = address; link.download = button.dataset.name; link.click();
      button.dataset.saved = address.length;
    });
  }
  /* What is packed in base 85, each five letters four bytes, the last group filled up. */
  function bytes(text) {
    var place = new Uint8Array(128), made = new Uint8Array(Math.ceil(text.length / 5) * 4), view = new DataView(made.buffer);
    Array.from(LETTERS).forEach(function (letter, at) { place[letter.charCodeAt(0)] = at; });
    for (var at = 0, to = 0; at < text.length; at += 5, to += 4) {
      var sum = 0;
      for (var one = at; one < at + 5; one++) { sum = sum * 85 + (one < text.length ? place[text.charCodeAt(one)] : 84); }
      view.setUint32(to, sum);
    }
    return made.subarray(0, Math.floor(text.length * 4 / 5));
  }
  function unpack(held) {
    var plain = new Blob([bytes(held.textContent)]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(plain).text().then(function (words) { held.textContent = words; });
  }
  /* The page's policy knows plotly.js by its hash, so that it may be added as it was unpacked. */
  function add() {
    var script = document.createElement("script"), held = document.getElementById("plotly");
    if (!held) { return; }
    script.textContent = held.textContent;
    held.remove();
    document.head.appendChild(script);
  }
  function begin() {
    document.querySelectorAll("button.svg").forEach(function (button) {
      if (!button.closest("figure")) { return; }
      button.hidden = false;
      button.addEventListener("click", function () { save(button); });
    });
    draw();
    document.documentElement.dataset.drawn = "yes";
    performance.mark("drawn");
    dark.addEventListener("change", draw);
    window.addEventListener("resize", draw);
    window.addEventListener("beforeprint", function () { printing = true; draw(); });
    window.addEventListener("afterprint", function () { printing = false; draw(); });
  }
  /* A browser that cannot unpack shows values at their places, as without a script, and the tables. */
  function open() { document.querySelectorAll(".twin").forEach(function (one) { one.open = true; }); }
  if (!window.DecompressionStream) { open(); return; }
  Promise.all(Array.from(document.querySelectorAll('script[type="application/gzip"]'), unpack)).then(add).then(begin).catch(open);
})();
