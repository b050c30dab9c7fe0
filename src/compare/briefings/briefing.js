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
      if (!plot.offsetParent) { return; }
      var look = (dark.matches && !printing) ? "dark" : "light", canvas = plot.querySelector(".canvas");
      if (canvas.dataset.look === look) { return; }
      var drawn = figure(plot);
      Plotly.react(canvas, drawn.data, drawn.layout, { staticPlot: true, displayModeBar: false, responsive: false });
      canvas.dataset.look = look;
    });
  }
  // A phone has no room for the timeline: its table opens instead.
  if (window.innerWidth < 768) {
    document.querySelectorAll(".wide .twin").forEach(function (twin) { twin.open = true; });
  }
  draw();
  document.documentElement.dataset.drawn = "yes";
  dark.addEventListener("change", draw);
  window.addEventListener("resize", draw);
  window.addEventListener("beforeprint", function () { printing = true; draw(); });
  window.addEventListener("afterprint", function () { printing = false; draw(); });
})();
