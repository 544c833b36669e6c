package dev.supcon.runner.report;

/** Head, style and foot of every page. */
final class PageFrame {
  private static final String STYLE =
      """
      :root{--ink:#1c2430;--soft:#5b6675;--line:#dfe4ea;--card:#f6f8fa;--page:#fff}
      @media(prefers-color-scheme:dark){
        :root{--ink:#e6eaf0;--soft:#9aa7b8;--line:#2f3946;--card:#1b222c;--page:#12171e}}
      *{box-sizing:border-box}
      body{margin:0 auto;max-width:1080px;padding:24px 20px 60px;background:var(--page);color:var(--ink);
        font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
      h1{font-size:1.7rem;margin:.2em 0;overflow-wrap:anywhere}
      h2{font-size:1.2rem;margin:2em 0 .3em}
      .why{color:var(--soft);margin:.1em 0 .8em}
      .tiles{display:flex;flex-wrap:wrap;gap:12px;margin:20px 0}
      .tiles div{flex:1 1 150px;background:var(--card);border:1px solid var(--line);border-radius:10px;
        padding:12px 16px}
      .tiles b{display:block;font-size:1.6rem}
      .tiles span{color:var(--soft);font-size:.85rem}
      .wide{overflow-x:auto}
      table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
      th,td{padding:5px 10px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
      th:first-child,td:first-child{text-align:left}
      th{color:var(--soft);font-weight:600}
      .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:16px}
      figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:10px}
      figcaption{font-size:.85rem;color:var(--soft)}
      svg{width:100%;height:auto;display:block}
      svg text{font-size:12px;fill:var(--soft)}
      .grid{stroke:var(--line);fill:none}
      .line{fill:none;stroke-width:1.8}
      .legend{display:flex;flex-wrap:wrap;gap:4px 14px;font-size:.85rem}
      .legend i{display:inline-block;width:10px;height:10px;border-radius:50%;margin-right:5px}
      .sheet{max-width:100%;border:1px solid var(--line);border-radius:10px;image-rendering:pixelated}
      pre{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px;
        overflow-x:auto;font-size:.85rem}
      @media print{body{max-width:none}figure,table{break-inside:avoid}}
      """;

  private PageFrame() {}

  static void open(Html html, String title) {
    html.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .raw("<title>" + Html.escape(title) + " - SupCon</title>")
        .raw("<style>" + STYLE + "</style></head><body>")
        .raw("<h1>" + Html.escape(title) + "</h1>");
  }

  static String close(Html html) {
    return html.raw("</body></html>").toString();
  }
}
