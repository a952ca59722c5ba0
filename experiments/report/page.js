(function () {
  "use strict";
  var specifications = JSON.parse(document.getElementById("specifications").textContent);
  var charts = Array.from(document.querySelectorAll(".chart"));
  var buttons = Array.from(document.querySelectorAll("[data-language]"));
  var shown = new Map();
  var heights = new Map();
  var drawing = 0;

  function remembered() {
    var asked = /(?:^|[#&?])lang=(en|zh)/.exec(location.hash || location.search);
    if (asked) return asked[1];
    try {
      var kept = localStorage.getItem("swcmarket-language");
      if (kept === "en" || kept === "zh") return kept;
    } catch (refused) { /* A page opened from a file may have no storage. */ }
    return /^zh/i.test(navigator.language || "") ? "zh" : "en";
  }

  function remember(language) {
    try {
      localStorage.setItem("swcmarket-language", language);
    } catch (refused) { /* As above. */ }
  }

  async function draw(language) {
    var turn = ++drawing;
    for (var chart of charts) {
      var spec = specifications[language][chart.dataset.figure][chart.dataset.panel];
      if (shown.has(chart)) shown.get(chart).finalize();
      var result = await vegaEmbed(chart, spec, { actions: false, renderer: "svg" });
      shown.set(chart, result);
      if (turn !== drawing) return;
    }
    document.documentElement.dataset.drawn = language;
  }

  function speak(language) {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    var title = document.querySelector("title");
    document.title = title.dataset[language];
    buttons.forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    });
    charts.forEach(function (chart) {
      chart.setAttribute("aria-label", chart.dataset[language]);
    });
    return draw(language);
  }

  // Paper has another width than the screen: figures are laid out anew for it, and back. Sizes are
  // those of the style sheet for print; the maps stand in two columns, low enough for three rows a page.
  var PAPER = { width: 680, gap: 20, mapHeight: 140 };

  function layOut(onPaper) {
    shown.forEach(function (result, chart) {
      var view = result.view;
      var inMap = chart.dataset.figure === "map";
      var wide = inMap || chart.closest("#regimes, #rules, #kinds, .columns-2");
      var columns = chart.closest(".columns-1") ? 1 : wide ? 2 : 3;
      var width = (PAPER.width - PAPER.gap * (columns - 1)) / columns;
      if (inMap) {
        heights.set(chart, heights.get(chart) || view.height());
        view.height(onPaper ? PAPER.mapHeight : heights.get(chart));
      }
      view.width(onPaper ? width : chart.clientWidth).run();
    });
  }

  buttons.forEach(function (button) {
    button.addEventListener("click", function () {
      remember(button.dataset.language);
      speak(button.dataset.language);
    });
  });
  window.addEventListener("beforeprint", function () { layOut(true); });
  window.addEventListener("afterprint", function () { layOut(false); });
  speak(remembered());
})();
