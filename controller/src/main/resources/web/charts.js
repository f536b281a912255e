// Draws each <figure data-chart> from the numbers of the table in it, which is also there for those who do not see the chart.
(() => {
  const draw = figure => {
    const table = figure.querySelector("table");
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    const heads = [...table.tHead.rows[0].cells].slice(1);
    const rows = [...table.tBodies[0].rows];
    const place = figure.querySelector("[data-place]");
    const chart = echarts.getInstanceByDom(place) || echarts.init(place, null, {renderer: "canvas"});
    chart.setOption({
      animation: false,
      textStyle: {color: colour("--ink"), fontFamily: "inherit"},
      color: heads.map(head => colour("--" + head.dataset.tone)),
      grid: {left: 44, right: 12, top: 12, bottom: 28},
      tooltip: {trigger: "axis", renderMode: "richText"},
      xAxis: {type: "category", data: rows.map(row => row.cells[0].textContent.trim()), axisLabel: {color: colour("--soft")}},
      yAxis: {type: "value", minInterval: 1, axisLabel: {color: colour("--soft")}, splitLine: {lineStyle: {color: colour("--line")}}},
      series: heads.map((head, i) => ({
        // A line of one day is none.
        name: head.textContent.trim(), type: rows.length > 1 ? "line" : "bar", barMaxWidth: 60, stack: "all", areaStyle: {opacity: 0.55}, symbol: "none", lineStyle: {width: 1},
        data: rows.map(row => Number(row.cells[i + 1].textContent))
      }))
    });
    return chart;
  };
  const figures = [...document.querySelectorAll("figure[data-chart]")];
  const charts = figures.map(draw);
  addEventListener("resize", () => charts.forEach(chart => chart.resize()));
  document.addEventListener("drydock:theme", () => figures.forEach(draw));
})();
