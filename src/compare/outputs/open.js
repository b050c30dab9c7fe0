/* A link to what lies in a fold opens it, in browsers that do not do so by themselves; folds are printed open. */
(function () {
  "use strict";
  var shut = [];
  function open() {
    var name = location.hash.slice(1), at = name && document.getElementById(name), opened = false;
    for (var one = at; one; one = one.parentElement) {
      if (one.localName === "details" && !one.open) { one.open = opened = true; }
    }
    if (opened) { at.scrollIntoView(); }
  }
  window.addEventListener("hashchange", open);
  window.addEventListener("beforeprint", function () {
    if (CSS.supports("selector(::details-content)")) { return; }
    shut = Array.from(document.querySelectorAll("details:not([open])"));
    shut.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () { shut.forEach(function (one) { one.open = false; }); shut = []; });
  open();
})();
