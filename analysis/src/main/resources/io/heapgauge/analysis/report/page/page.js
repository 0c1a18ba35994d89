'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const report = data.report;
  const past = data.history;
  const $ = id => document.getElementById(id);

  // ---- words

  const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  function size(bytes) {
    if (bytes === null || bytes === undefined) return '–';
    let unit = 0;
    let value = Math.abs(bytes);
    while (value >= 1024 && unit < UNITS.length - 1) { value /= 1024; unit++; }
    return (bytes < 0 ? '−' : '') + (unit === 0 ? value : value.toFixed(1)) + ' ' + UNITS[unit];
  }
  const count = n => n === null || n === undefined ? '–' : n.toLocaleString('en');
  const percent = (part, whole) => whole ? (100 * part / whole).toFixed(1) + ' %' : '–';
  const time = iso => new Date(iso).toLocaleString();
  const clock = iso => new Date(iso).toLocaleTimeString([], {hour: '2-digit', minute: '2-digit', second: '2-digit'});
  const millis = nanos => nanos >= 1e10 ? (nanos / 1e9).toFixed(1) + ' s' : (nanos / 1e6).toFixed(nanos < 1e8 ? 1 : 0) + ' ms';

  function element(tag, properties, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (name in node) node[name] = value; else node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  }
  const cell = text => element('td', {}, text);
  const nameCell = text => element('th', {className: 'name', scope: 'row'}, text);

  // ---- theme

  const charts = [];
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  function remembered() {
    try { return localStorage.getItem('heapgauge-theme') || 'auto'; } catch (e) { return 'auto'; }
  }
  function applyTheme(choice) {
    const isDark = choice === 'dark' || (choice === 'auto' && dark.matches);
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
    for (const chart of charts) chart.draw();
  }
  const color = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  $('theme').value = remembered();
  $('theme').addEventListener('change', () => {
    try { localStorage.setItem('heapgauge-theme', $('theme').value); } catch (e) { /* a page without storage forgets */ }
    applyTheme($('theme').value);
  });
  dark.addEventListener('change', () => applyTheme($('theme').value));

  /** Draws now, and again with other colours; options is called each time. */
  function chart(box, options) {
    const instance = echarts.init(box, null, {renderer: 'canvas'});
    const made = {instance, draw: () => instance.setOption(Object.assign({animation: !calm, backgroundColor: 'transparent',
      textStyle: {color: color('fg')}}, options()), true)};
    charts.push(made);
    new ResizeObserver(() => instance.resize()).observe(box);
    return made;
  }
  const axis = () => ({axisLine: {lineStyle: {color: color('line')}}, axisLabel: {color: color('dim')},
    splitLine: {lineStyle: {color: color('line')}}});
  const tip = () => ({backgroundColor: color('panel'), borderColor: color('line'), textStyle: {color: color('fg')}, confine: true});

  // ---- header and totals

  const capture = report.capture;
  const totals = report.totals;
  /** Whose retained sizes the map shows: where this report knows none, those of the last full capture. */
  const full = data.full || report;
  $('gauge').textContent = capture.gauge;
  $('subtitle').textContent = (capture.jvm.name || 'a JVM') + (capture.jvm.version ? ' ' + capture.jvm.version : '')
    + (capture.jvm.pid === null ? '' : ', pid ' + capture.jvm.pid) + ', captured ' + time(capture.startedAt);
  function tile(value, label) {
    $('tiles').append(element('li', {}, element('b', {}, value), element('span', {}, label)));
  }
  tile(size(totals.all.bytes), count(totals.all.objects) + ' objects of ' + count(report.typeCount) + ' types');
  if (totals.reachable) {
    const share = part => percent(part.bytes, totals.all.bytes);
    tile(size(totals.reachable.bytes), 'reachable, ' + share(totals.reachable));
    tile(size(totals.weaklyHeld.bytes), 'weakly held, ' + share(totals.weaklyHeld));
    tile(size(totals.notReached.bytes), 'not reached, ' + share(totals.notReached));
  }
  if (capture.pauseSource !== 'unknown') tile(millis(capture.pauseNanos), 'pause, by ' + capture.engine);
  if (report.growth) tile(count(report.growth.captures), 'captures since ' + time(report.growth.since));

  // ---- configured roots

  const measured = report.roots.filter(root => root.reachable);
  function rootsTable() {
    const body = element('tbody');
    for (const root of report.roots) {
      const row = element('tr', {}, nameCell(root.name));
      if (root.reachable) {
        row.append(cell(size(root.retained && root.retained.bytes)), cell(size(root.owned.bytes)), cell(size(root.reachable.bytes)),
          cell(count(root.owned.objects)), element('td', {className: 'name'}, madeOf(root)));
      } else {
        row.append(element('td', {className: 'name bad', colSpan: 5}, root.state + (root.detail ? ': ' + root.detail : '')));
      }
      body.append(row);
    }
    $('roots').append(element('thead', {}, element('tr', {}, element('th', {className: 'name', scope: 'col'}, 'Root'),
      ...['Retained', 'Owned', 'Reachable', 'Objects owned'].map(text => element('th', {scope: 'col'}, text)),
      element('th', {className: 'name', scope: 'col'}, 'Owned, made of'))), body);
  }
  const madeOf = root => root.owned.types.slice(0, 3)
    .map(type => type.type + ' ' + percent(type.bytes, root.owned.bytes)).join(', ');
  function rootChart(root) {
    const points = past.filter(point => point.roots[root.name]);
    const box = element('div', {className: 'chart'});
    box.setAttribute('role', 'img');
    box.setAttribute('aria-label', root.name + ' over ' + points.length + ' captures, now ' + size(root.owned.bytes) + ' owned');
    $('root-charts').append(element('div', {}, element('h3', {}, root.name), box));
    const values = name => points.map(point => point.roots[root.name][name]);
    const retained = values('retained').map(bytes => bytes || 0);
    const owned = values('owned').map((bytes, i) => Math.max(0, bytes - retained[i]));
    const shared = values('reachable').map((bytes, i) => Math.max(0, bytes - retained[i] - owned[i]));
    const bars = (name, series, tone) => ({name, type: 'bar', stack: 'all', data: series, barMaxWidth: 26,
      itemStyle: {color: color(tone)}});
    chart(box, () => ({
      grid: {left: 74, right: 8, top: 30, bottom: 24},
      legend: {top: 0, textStyle: {color: color('fg')}, itemWidth: 12, itemHeight: 12},
      tooltip: Object.assign(tip(), {trigger: 'axis', valueFormatter: size}),
      xAxis: Object.assign(axis(), {type: 'category', data: points.map(point => clock(point.at))}),
      yAxis: Object.assign(axis(), {type: 'value', axisLabel: {color: color('dim'), formatter: size}}),
      series: [bars('retained', retained, 'c1'), bars('owned beside', owned, 'c2'), bars('reachable beside', shared, 'c3')]
    })).draw();
  }
  if (report.roots.length === 0) $('roots-section').hidden = true;

  // ---- the map

  const typeOf = name => name.startsWith('class ') ? name.slice(6) : name;
  function packageOf(name) {
    const type = typeOf(name);
    const dot = type.lastIndexOf('.');
    return dot > 0 ? type.slice(0, dot) : type.endsWith('[]') ? '(arrays)' : '(no package)';
  }
  const shortName = name => typeOf(name).slice(typeOf(name).lastIndexOf('.') + 1);

  function objectNodes() {
    const below = new Map();
    for (const object of full.retainers) {
      const key = object.dominator || 'roots ' + object.type;
      if (!below.has(key)) below.set(key, []);
      below.get(key).push(object);
    }
    const node = object => {
      const children = (below.get(object.id) || []).map(node);
      const own = object.retained - children.reduce((sum, child) => sum + child.value, 0);
      if (children.length && own > 0) children.push({name: 'itself and smaller objects', value: own});
      return {name: shortName(object.type) + ' ' + object.id, detail: object.type, value: object.retained, children};
    };
    return type => (below.get('roots ' + type) || []).map(node);
  }

  function mapTree() {
    const objects = objectNodes();
    const packages = new Map();
    for (const group of full.heldByRoots) {
      const at = packageOf(group.type);
      const isClass = group.type.startsWith('class ');
      const children = objects(group.type);
      const rest = group.retained - children.reduce((sum, child) => sum + child.value, 0);
      if (rest > 0) children.push({name: count(group.objects - children.length) + ' smaller objects', value: rest});
      if (!packages.has(at)) packages.set(at, []);
      packages.get(at).push({name: (isClass ? 'class ' : '') + shortName(group.type), detail: group.type, value: group.retained, children});
    }
    const tree = [...packages].map(([name, children]) =>
      ({name, value: children.reduce((sum, child) => sum + child.value, 0), children}));
    const whole = full.totals.reachable.bytes;
    const others = whole - tree.reduce((sum, child) => sum + child.value, 0);
    if (others > 0) tree.push({name: 'other types', value: others});
    const root = {name: 'everything reachable', value: whole, children: tree};
    let ids = 0;
    (function order(node, above) {
      node.id = 'n' + ids++;
      node.above = above;
      (node.children || []).sort((a, b) => b.value - a.value).forEach(child => order(child, node));
    })(root, null);
    return root;
  }

  function theMap() {
    const root = mapTree();
    let here = root;
    /** What the library draws: without the way up, which would be a circle to it. */
    const plain = (node, depth) => ({id: node.id, name: node.name, value: node.value,
      children: depth > 0 && node.children ? node.children.slice(0, 200).map(child => plain(child, depth - 1)) : []});
    const byId = new Map();
    (function index(node) { byId.set(node.id, node); (node.children || []).forEach(index); })(root);
    const map = chart($('map'), () => ({
      tooltip: Object.assign(tip(), {formatter: info => {
        const node = byId.get(info.data && info.data.id);
        return node ? element('div', {}, (node.detail || node.name), element('br'), size(node.value) + ', '
          + percent(node.value, root.value) + ' of the reachable') : '';
      }}),
      series: [{type: 'treemap', roam: false, nodeClick: false, breadcrumb: {show: false}, width: '100%', height: '100%', top: 0, left: 0,
        data: plain(here, 2).children, visibleMin: 60, childrenVisibleMin: 400,
        label: {formatter: info => info.name + '\n' + size(info.value), fontSize: 12, lineHeight: 16, color: '#fff', textBorderColor: 'rgba(0,0,0,.6)',
          textBorderWidth: 2},
        upperLabel: {show: true, height: 22, color: color('fg'),
          formatter: info => info.name + '  ' + size(info.value)},
        itemStyle: {borderColor: color('bg'), borderWidth: 1, gapWidth: 1},
        levels: [{itemStyle: {gapWidth: 2}, upperLabel: {show: false}, color: ['#2f6db5', '#3d8b5a', '#a8612c', '#7b55a8', '#a04a5e',
          '#2b8a8f', '#6b6f2d', '#5a6b8c'], colorMappingBy: 'index'}, {itemStyle: {gapWidth: 1}, colorSaturation: [0.35, 0.55]},
          {colorSaturation: [0.3, 0.5]}]}]
    }));
    function go(node) {
      here = node;
      map.draw();
      list();
    }
    function list() {
      const way = [];
      for (let node = here; node; node = node.above) way.unshift(node.name);
      $('where').textContent = way.join(' › ') + '  ' + size(here.value) + ', ' + percent(here.value, root.value);
      $('up').disabled = !here.above;
      $('parts').replaceChildren(...(here.children || []).slice(0, 12).map(child => {
        const opens = child.children && child.children.length > 0;
        const button = element('button', {type: 'button', disabled: !opens, title: child.detail || child.name},
          element('span', {}, child.name), element('span', {}, size(child.value) + ' · ' + percent(child.value, root.value)));
        if (opens) button.addEventListener('click', () => { go(child); $('up').focus(); });
        return element('li', {}, button);
      }));
    }
    map.instance.on('click', info => {
      let node = byId.get(info.data && info.data.id);
      if (node && !(node.children && node.children.length) && node.above !== here) node = node.above;
      if (node && node.children && node.children.length) go(node);
    });
    $('up').addEventListener('click', () => { if (here.above) go(here.above); });
    go(root);
  }

  // ---- what grows

  function sparkline(values) {
    const known = values.map((value, i) => [i, value]).filter(point => point[1] !== null);
    if (known.length < 2) return '–';
    const most = Math.max(...known.map(point => point[1]));
    const least = Math.min(...known.map(point => point[1]));
    const x = i => (2 + 86 * i / (values.length - 1)).toFixed(1);
    const y = value => (18 - 16 * (value - least) / (most - least || 1)).toFixed(1);
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    for (const [name, value] of [['width', 90], ['height', 20], ['role', 'img'], ['aria-label', size(known[0][1]) + ' to '
      + size(known[known.length - 1][1]) + ' over ' + known.length + ' captures']]) svg.setAttribute(name, value);
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
    line.setAttribute('points', known.map(([i, value]) => x(i) + ',' + y(value)).join(' '));
    svg.append(line);
    return svg;
  }
  const series = type => past.map(point => type in point.types ? point.types[type] : null);

  function suspects() {
    const box = $('suspects');
    if (!report.growth || report.growth.captures < 2) {
      box.append(element('p', {className: 'hint'}, 'One capture tells no growth: it takes some of them, one after the other.'));
      return;
    }
    if (report.growth.suspects.length === 0) {
      box.append(element('p', {}, 'No type grows clearly and by much over ' + report.growth.captures + ' captures.'));
    }
    for (const suspect of report.growth.suspects) {
      box.append(element('h3', {}, suspect.name, ' ', sparkline(series(suspect.name))),
        element('p', {}, '+' + size(suspect.grownBytes) + ' since ' + time(report.growth.since) + ', ' + size(suspect.bytesPerHour)
          + ' per hour, ' + size(suspect.bytes) + ' now; sure to ' + (100 * suspect.certainty).toFixed(0) + ' %'));
      const path = suspect.paths && suspect.paths.paths[0];
      if (path) {
        box.append(element('details', {open: suspect === report.growth.suspects[0]},
          element('summary', {}, 'Why they are there: ' + percent(path.objects, suspect.paths.reached.objects) + ' by ' + path.root
            + ', ' + path.path.length + ' steps'),
          element('ol', {className: 'path'}, ...path.path.map(step =>
            element('li', {}, step.type + (step.repeated ? ' (in a row)' : ''))))));
      }
    }
  }

  // ---- types

  const COLUMNS = [
    {title: 'Type', key: 'type', text: true},
    {title: 'Objects', key: 'objects', show: row => count(row.objects)},
    {title: 'Bytes', key: 'bytes', show: row => size(row.bytes)},
    {title: 'Share', key: 'bytes', show: row => percent(row.bytes, totals.all.bytes)},
    {title: 'Reachable', key: 'reached', show: row => size(row.reached)},
    {title: 'Largest', key: 'largest', show: row => size(row.largest)},
    {title: 'Grown', key: 'grown', show: row => row.grown === null ? '–' : size(row.grown)},
  ];
  let sortedBy = COLUMNS[2];
  let ascending = false;
  let visible = 50;
  const grown = new Map(report.growth ? report.growth.types.map(trend => [trend.name, trend.grownBytes]) : []);
  const rows = report.types.map(type => ({type: type.type, objects: type.objects, bytes: type.bytes, largest: type.largest,
    reached: type.reachable ? type.reachable.bytes : null, grown: grown.has(type.type) ? grown.get(type.type) : null}));

  function typesHead() {
    const row = element('tr');
    for (const column of COLUMNS) {
      const button = element('button', {type: 'button'}, column.title);
      button.addEventListener('click', () => {
        ascending = sortedBy === column ? !ascending : Boolean(column.text);
        sortedBy = column;
        types();
      });
      column.head = element('th', {scope: 'col', className: column.text ? 'name' : ''}, button);
      row.append(column.head);
    }
    row.append(element('th', {scope: 'col'}, 'Over time'));
    $('types').append(element('thead', {}, row), element('tbody'));
  }
  function types() {
    const wanted = $('filter').value.toLowerCase();
    const found = rows.filter(row => row.type.toLowerCase().includes(wanted));
    const key = sortedBy.key;
    found.sort((a, b) => (ascending ? 1 : -1)
      * (sortedBy.text ? a[key].localeCompare(b[key]) : (a[key] === null ? -Infinity : a[key]) - (b[key] === null ? -Infinity : b[key])) || 0);
    for (const column of COLUMNS) {
      column.head.setAttribute('aria-sort', column === sortedBy ? (ascending ? 'ascending' : 'descending') : 'none');
    }
    $('types').tBodies[0].replaceChildren(...found.slice(0, visible).map(row =>
      element('tr', {}, nameCell(row.type), ...COLUMNS.slice(1).map(column => cell(column.show(row))),
        element('td', {}, sparkline(series(row.type))))));
    $('shown').textContent = Math.min(visible, found.length) + ' of ' + count(found.length) + ' types'
      + (report.typeCount > rows.length ? '; the report keeps ' + count(rows.length) + ' of ' + count(report.typeCount) : '');
    $('more').hidden = found.length <= visible;
  }
  $('filter').addEventListener('input', types);
  $('more').addEventListener('click', () => { visible += 200; types(); });

  // ---- pauses and facts

  function pauses() {
    const known = past.filter(point => point.pauseSource !== 'unknown');
    if (known.length === 0) { $('pauses-section').hidden = true; return; }
    chart($('pauses'), () => ({
      grid: {left: 74, right: 8, top: 12, bottom: 24},
      tooltip: Object.assign(tip(), {trigger: 'axis', valueFormatter: value => value.toFixed(1) + ' ms'}),
      xAxis: Object.assign(axis(), {type: 'category', data: known.map(point => clock(point.at))}),
      yAxis: Object.assign(axis(), {type: 'value', axisLabel: {color: color('dim'), formatter: value => value + ' ms'}}),
      series: [{type: 'bar', name: 'pause', barMaxWidth: 26, itemStyle: {color: color('c1')}, data: known.map(point => point.pauseNanos / 1e6)}]
    })).draw();
    $('captures').append(
      element('thead', {}, element('tr', {}, ...['Captured', 'Pause', 'Engine', 'Asked for by', 'Dump', 'Heap'].map((text, i) =>
        element('th', {scope: 'col', className: i === 0 ? 'name' : ''}, text)))),
      element('tbody', {}, ...known.slice().reverse().map(point => element('tr', {}, nameCell(time(point.at)),
        cell(millis(point.pauseNanos)), cell(point.engine), cell(point.trigger), cell(point.dumpBytes ? size(point.dumpBytes) : '–'),
        cell(size(point.heapBytes))))));
  }
  function fact(name, value) {
    if (value !== null && value !== undefined && value !== '') $('facts').append(element('dt', {}, name), element('dd', {}, String(value)));
  }
  function facts() {
    const analysis = report.analysis;
    fact('Captured', time(capture.startedAt) + ' by ' + capture.engine + ', asked for by ' + capture.trigger);
    fact('Label', capture.label);
    fact('Pause', capture.pauseSource === 'unknown' ? null : millis(capture.pauseNanos) + ' (' + capture.pauseSource + ') of '
      + millis(capture.captureNanos));
    fact('Dump', capture.dumpBytes ? size(capture.dumpBytes) + (capture.product === 'structure' ? ' of structure without values' : '')
      + (capture.dumpName ? ', kept as ' + capture.dumpName : '') : null);
    fact('Collectors', capture.jvm.collectors);
    fact('Analysed', millis(analysis.analysisNanos) + ' at level ' + analysis.level + ' (' + analysis.levelReason + '), scratch '
      + size(analysis.scratchBytes));
    fact('Shallow sizes', analysis.shallowSizes);
    fact('References', count(analysis.references) + ', ' + count(analysis.missingReferences) + ' of them to objects that are not in the dump');
    if (totals.byReference) {
      const held = totals.byReference;
      fact('Weakly held', 'soft ' + size(held.soft.bytes) + ', weak ' + size(held.weak.bytes) + ', finalizable '
        + size(held.finalizable.bytes) + ', phantom ' + size(held.phantom.bytes));
    }
  }

  // ---- live

  let seen = null;
  /** Who looks at something does not want it replaced under his eyes. */
  let touched = false;
  ['pointerdown', 'keydown'].forEach(event => addEventListener(event, () => { touched = true; }));
  async function look() {
    let next = 10000;
    try {
      const answer = await fetch(data.live, {headers: {Accept: 'application/json'}, cache: 'no-store'});
      if (!answer.ok) throw new Error('answer ' + answer.status);
      const state = await answer.json();
      const now = state.latestReport;
      if (seen === null) seen = now;
      if (now !== seen && !touched) { location.reload(); return; }
      const busy = state.state !== 'idle' && state.state !== 'stopped';
      const text = busy ? state.phase || state.state : state.state;
      $('live').replaceChildren('Gauge: ' + text + ' ');
      if (now !== seen) {
        const newer = element('button', {type: 'button'}, 'Show the newer report');
        newer.addEventListener('click', () => location.reload());
        $('live').append(newer, ' ');
      }
      if (busy) {
        next = 1000;
        $('live').append(element('progress', {value: state.progress, max: 1, 'aria-label': 'progress'}));
      }
      if (state.lastFailure) $('live').append(element('span', {className: 'bad'}, 'last failure: ' + state.lastFailure.message));
    } catch (e) {
      $('live').replaceChildren(element('span', {className: 'bad'}, 'The service does not answer (' + e.message + ').'));
    }
    setTimeout(look, next);
  }

  // ---- all of it

  applyTheme($('theme').value);
  rootsTable();
  if (past.length > 0) measured.forEach(rootChart);
  if (full.heldByRoots.length && full.totals.reachable) {
    if (full !== report) $('map-hint').prepend('As of the last full capture, ' + time(full.capture.startedAt) + '. ');
    theMap();
  } else {
    $('map-section').replaceChildren(element('h2', {}, 'What retains the heap'), element('p', {className: 'hint'},
      capture.dumpBytes ? 'Level ' + report.analysis.level + ' knows no retained sizes: ' + report.analysis.levelReason + '.'
        : 'Known after a full capture: this one took no dump.'));
  }
  suspects();
  typesHead();
  types();
  pauses();
  facts();
  if (data.live) look();
  document.documentElement.dataset.ready = 'true';
})();
