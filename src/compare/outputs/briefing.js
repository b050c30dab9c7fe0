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
      Plotly.react(canvas, drawn.data, drawn.layout, { staticPlot: true, displayModeBar: false, responsive: false });
      canvas.dataset.look = look;
    });
  }
  /* A chart as a file of its own: its marks, with the words that the page lays over them as annotations. */
  function save(button) {
    var plots = button.closest("figure, section").querySelectorAll(".plot");
    var plot = Array.from(plots).find(function (one) { return one.offsetParent; }) || plots[0];
    var drawn = JSON.parse(plot.querySelector("script").textContent), head = 40;
    drawn.layout.annotations = Array.from(plot.querySelectorAll(".lab")).map(function (label) {
      var look = getComputedStyle(label), bold = label.querySelector(".v"), city = label.className.indexOf("lab-city") >= 0;
      var words = label.textContent.replace(/\s+/g, " ").trim();
      if (bold) { words = words.replace(bold.textContent, "<b>" + bold.textContent + "</b>"); }
      return {
        x: parseFloat(label.style.left), y: parseFloat(label.style.top), xref: "x", yref: "y", text: words,
        showarrow: false, yanchor: "middle", align: "left",
        xanchor: label.className.indexOf("at-right") >= 0 ? "right" : label.className.indexOf("at-middle") >= 0 ? "center" : "left",
        font: { size: parseFloat(look.fontSize), color: city ? look.color : "#1B1D21" }
      };
    });
    // A chart that is alone in its section has the section's heading.
    var caption = button.closest("figure").querySelector("h3") || button.closest("section").querySelector("h2");
    drawn.layout.title = { text: caption ? caption.textContent : "", x: 0, xanchor: "left", font: { size: 16, color: "#1B1D21" } };
    drawn.layout.margin = { l: 8, r: 8, t: head, b: 8 };
    drawn.layout.width += 16; drawn.layout.height += head + 8; drawn.layout.paper_bgcolor = "#fff";
    var size = { format: "svg", width: drawn.layout.width, height: drawn.layout.height };
    return Plotly.toImage({ data: drawn.data, layout: drawn.layout }, size).then(function (address) {
      var link = document.createElement("a");
      link.href = address; link.download = button.dataset.name; link.click();
      button.dataset.saved = address.length;
    });
  }
  document.querySelectorAll("button.svg").forEach(function (button) {
    if (!button.closest("figure")) { return; }
    button.hidden = false;
    button.addEventListener("click", function () { save(button); });
  });
  draw();
  document.documentElement.dataset.drawn = "yes";
  dark.addEventListener("change", draw);
  window.addEventListener("resize", draw);
  window.addEventListener("beforeprint", function () { printing = true; draw(); });
  window.addEventListener("afterprint", function () { printing = false; draw(); });
})();
