/* Prepares a finished page for being photographed: what stands where, and one part of a picture at a time. */
(function () {
  "use strict";
  document.documentElement.style.setProperty("--paper", "#fff");
  document.body.style.padding = "32px";
  var plots = Array.from(document.querySelectorAll("main .plot"));
  function box(element) {
    var at = element.getBoundingClientRect();
    return { left: at.left + scrollX, top: at.top + scrollY, right: at.right + scrollX, bottom: at.bottom + scrollY };
  }
  function parts(plot) { return Array.from(plot.querySelectorAll(".lab, .trace path.point")).map(box); }
  function colour(label) { return getComputedStyle(label).color; }
  function colours(point) { var look = getComputedStyle(point); return [look.fill, look.stroke]; }
  /* A city's name stands once beside all its marks: in each part it moves to those that are shown there. */
  function moveNames(plot, origin, top, bottom) {
    plot.querySelectorAll(".lab-city").forEach(function (name) {
      if (name.dataset.top === undefined) { name.dataset.top = name.style.top; }
      name.style.top = name.dataset.top;
      var own = parseFloat(name.dataset.top);
      if (own >= top && own <= bottom) { return; }
      var marks = Array.from(plot.querySelectorAll(".trace path.point")).filter(function (point) {
        var at = (box(point).top + box(point).bottom) / 2 - origin;
        return at >= top && at <= bottom && colours(point).indexOf(colour(name)) >= 0;
      }).map(function (point) { return (box(point).top + box(point).bottom) / 2 - origin; });
      if (marks.length) { name.style.top = (Math.min.apply(null, marks) + Math.max.apply(null, marks)) / 2 + "px"; }
    });
  }
  /* The words along the top, such as years, are repeated over every further part, on a ground of their own. */
  function repeatHead(plot, top, head) {
    plot.querySelectorAll(".again").forEach(function (old) { old.remove(); });
    if (!head) { return; }
    var ground = document.createElement("div"), at = box(plot).top;
    ground.className = "again";
    ground.style.cssText = "position:absolute;left:0;right:0;background:#fff;border-bottom:1px solid #4D5158;z-index:2;top:" + (top - head - 4) + "px;padding-top:4px;height:" + (head + 4) + "px";
    Array.from(plot.querySelectorAll(".lab")).forEach(function (label) {
      if (box(label).bottom - at > head) { return; }
      var copy = label.cloneNode(true);
      copy.style.top = parseFloat(label.style.top) + 4 + "px";
      ground.appendChild(copy);
    });
    plot.appendChild(ground);
  }
  window.photographer = {
    list: function () {
      return plots.map(function (plot) {
        if (!plot.getClientRects().length) { return null; }
        var whole = box(plot), found = parts(plot);
        return {
          height: whole.bottom - whole.top, width: whole.right - whole.left,
          bands: found.map(function (one) { return [one.top - whole.top, one.bottom - whole.top]; })
        };
      });
    },
    show: function (index, top, bottom, head) {
      var plot = plots[index], whole = box(plot);
      moveNames(plot, whole.top, top, bottom);
      repeatHead(plot, top, head);
      var inside = parts(plot).filter(function (one) { return one.bottom > whole.top + top && one.top < whole.top + bottom; });
      var left = Math.min.apply(null, inside.map(function (one) { return one.left; }).concat(whole.left)) - 4;
      var right = Math.max.apply(null, inside.map(function (one) { return one.right; }).concat(whole.right)) + 4;
      return { x: left, y: whole.top + top - head, width: right - left, height: bottom - top + head };
    }
  };
})();
