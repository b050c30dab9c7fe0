/* Draws each chart in the width that is shown, in the palette of the moment, and again when either changes. */
(function () {
  "use strict";
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
  /* What is packed in 91 letters, every two of them 13 bits, and one that is left 6. */
  function bytes(text) {
    var place = new Uint8Array(128), made = new Uint8Array(Math.floor((text.length >> 1) * 13 / 8 + 1)), next = 0;
    for (var code = 33; code < 127; code++) { if (code !== 38 && code !== 60 && code !== 92) { place[code] = next++; } }
    var sum = 0, held = 0, to = 0;
    for (var at = 0; at < text.length; at += 2) {
      var one = place[text.charCodeAt(at)], pair = at + 1 < text.length;
      sum = pair ? sum << 13 | one * 91 + place[text.charCodeAt(at + 1)] : sum << 6 | one;
      for (held += pair ? 13 : 6; held >= 8; held -= 8) { made[to++] = sum >> held - 8; }
      sum &= (1 << held) - 1;
    }
    return made.subarray(0, to);
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
