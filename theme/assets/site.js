/* Menu, search, wide tables and a high bar. Deferred; every page works without it. Nothing is stored and nothing is sent:
   the one request is for this site's own search index, the first time someone searches. No build step, old phones. */
(function () {
  'use strict';
  var script = document.currentScript;
  var base = script.getAttribute('data-base').replace(/\/?$/, '/');

  function each(selector, act, within) {
    Array.prototype.forEach.call((within || document).querySelectorAll(selector), act);
  }

  function make(tag, text, name) {
    var node = document.createElement(tag);
    if (text) { node.textContent = text; }
    if (name) { node.className = name; }
    return node;
  }

  /* Buttons that open something in place. While closed it is `display: none`, so out of the tab order. */
  each('button[aria-controls]', function (button) {
    var panel = document.getElementById(button.getAttribute('aria-controls'));
    if (!panel) { return; }
    function show(open) {
      button.setAttribute('aria-expanded', String(open));
      panel.classList.toggle('open', open);
      if (panel.hasAttribute('data-search')) { panel.hidden = !open; }
    }
    function escape(event) {
      if (event.key === 'Escape' && button.getAttribute('aria-expanded') === 'true') { show(false); button.focus(); }
    }
    button.addEventListener('click', function () {
      var open = button.getAttribute('aria-expanded') !== 'true';
      show(open);
      if (open && panel.querySelector('input')) { panel.querySelector('input').focus(); }
    });
    button.addEventListener('keydown', escape);
    panel.addEventListener('keydown', escape);
  });

  /* Search. The index holds HTML; tags become spaces, so that table cells do not run together, and what is left is only
     ever written as text. */
  var MOST = 20;
  var index;

  function plain(html) {
    var marks = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': '\'', '&nbsp;': ' ' };
    return (html || '').replace(/<[^>]*>/g, ' ').replace(/&(amp|lt|gt|quot|#39|nbsp);/g, function (m) { return marks[m]; })
      .replace(/\s+/g, ' ').trim();
  }

  function fold(text) {
    text = text.toLowerCase().replace(/[\u2018\u2019]/g, '\'');
    return text.normalize ? text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/ł/g, 'l') : text;
  }

  /* Letter by letter, so that what is found in the folded text stands at the same place in the text itself. */
  function foldInPlace(text) {
    return text.split('').map(function (letter) { var one = fold(letter); return one.length === 1 ? one : letter; }).join('');
  }

  /* All that is no letter and no number of any script. Made at run time: an old browser that cannot read it must still
     get the menu, and finds at least what lies between the signs of a keyboard. */
  var GAP;
  try { GAP = new RegExp('[^\\p{L}\\p{M}\\p{N}\']+', 'gu'); } catch (old) { GAP = /[\s!-&(-/:-@[-`{-~\u2010-\u2027]+/g; }

  function spaced(text) {
    return ' ' + fold(text).replace(GAP, ' ') + ' ';
  }

  function load() {
    if (!index) {
      index = fetch(base + script.getAttribute('data-index')).then(function (reply) {
        if (!reply.ok) { throw new Error(reply.status); }
        return reply.json();
      }).then(function (data) {
        var pages = {};
        return data.docs.map(function (doc) {
          var page = doc.location.split('#')[0];
          var title = plain(doc.title);
          if (page === doc.location) { pages[page] = title; }
          var text = plain(doc.text);
          return { at: doc.location, page: page, of: pages[page] || '', title: title, text: text,
            words: [title, pages[page] || '', text].map(spaced) };
        });
      });
      index.catch(function () { index = null; });
    }
    return index;
  }

  /* The address of a recommendation by its number, as typed; none for a word ('' is the address of the home page). */
  function numbered(word) {
    return /^\d+$/.test(word) ? script.getAttribute('data-recommendation').replace('#', Number(word)) : null;
  }

  /* Every word must begin a word of the section or of its page's title; a number must be the whole number. */
  function score(doc, words) {
    var total = 0;
    var all = words.every(function (word) {
      var find = ' ' + word + (/^\d+$/.test(word) ? ' ' : '');
      var hit = [8, 6, 1].reduce(function (sum, worth, at) { return sum + (doc.words[at].indexOf(find) >= 0 ? worth : 0); }, 0);
      if (doc.at === numbered(word)) { hit += 1000; }
      total += hit;
      return hit > 0;
    });
    return all ? total + (doc.at === doc.page ? 1 : 0) : 0;
  }

  function find(docs, words) {
    var best = {};
    docs.forEach(function (doc) {
      var points = score(doc, words);
      if (points && (!best[doc.page] || points > best[doc.page].points)) { best[doc.page] = { doc: doc, points: points }; }
    });
    return Object.keys(best).map(function (page) { return best[page]; })
      .sort(function (a, b) { return b.points - a.points; });
  }

  /* A few words around the first hit, with the hits marked. */
  function excerpt(text, words) {
    var out = make('p', '', 'note');
    var folded = foldInPlace(text);
    var pattern = new RegExp('(^|[\\s(“‘"/–-])(' + words.map(function (w) {
      return w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    }).join('|') + ')', 'gi');
    var first = folded.search(pattern);
    var from = first > 60 ? text.indexOf(' ', first - 60) + 1 : 0;
    var part = text.slice(from, from + 160);
    var last = 0;
    if (from + 160 < text.length) { part = part.replace(/\s\S*$/, '') + ' …'; }
    if (from) { part = '… ' + part; }
    foldInPlace(part).replace(pattern, function (all, before, hit, at) {
      out.appendChild(document.createTextNode(part.slice(last, at + before.length)));
      out.appendChild(make('mark', part.slice(at + before.length, at + all.length)));
      last = at + all.length;
      return all;
    });
    out.appendChild(document.createTextNode(part.slice(last)));
    return out;
  }

  each('form[data-search]', function (form) {
    var input = form.querySelector('input');
    var status = form.querySelector('[role="status"]');
    var list = form.querySelector('ol');
    var timer;
    var turn = 0;

    function clear(words) {
      list.textContent = '';
      status.textContent = words;
    }

    function wanted() {
      return fold(input.value).replace(GAP, ' ').split(' ').filter(Boolean);
    }

    function run(then) {
      var words = wanted();
      var mine = turn += 1;
      clearTimeout(timer);
      if (!words.length) { clear(''); return; }
      load().then(function (docs) {
        var found = find(docs, words);
        if (mine !== turn) { return; }
        clear(found.length === 0 ? 'No results. Try fewer or shorter words, or the list of all pages at the foot of this page.'
          : found.length === 1 ? '1 result'
            : found.length + ' results' + (found.length > MOST ? '. The first ' + MOST + ' are shown; another word narrows them.' : ''));
        found.slice(0, MOST).forEach(function (hit) {
          var item = make('li');
          var doc = hit.doc;
          var link = make('a', doc.title === doc.of || !doc.of ? doc.title : doc.title + ' – ' + doc.of);
          link.href = base + doc.at;
          item.appendChild(link);
          if (doc.text) { item.appendChild(excerpt(doc.text, words)); }
          list.appendChild(item);
        });
        if (then) { then(found); }
      }, function () {
        clear('Search could not be loaded. All pages are listed at the foot of this page.');
      });
    }

    if (!form.id) { form.hidden = false; }
    input.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(run, 250); });
    input.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && !form.id) { input.value = ''; run(); }
    });
    /* Never sent anywhere: Find goes to the first result in the list below, or to the recommendation of that number. */
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      var words = wanted();
      run(function (found) {
        if (words.length === 1 && found.length && found[0].doc.at === numbered(words[0])) {
          location.href = base + found[0].doc.at;
        } else if (list.querySelector('a')) { list.querySelector('a').focus(); }
      });
    });
  });

  /* Wide tables: reachable by keyboard and named, but only where they really do not fit (WCAG 2.1.1). */
  each('main table', function (table) {
    if (!table.parentNode.classList.contains('table')) {
      var box = make('div', '', 'table');
      table.parentNode.insertBefore(box, table);
      box.appendChild(table);
    }
  });
  /* Rows that become cards on a phone: older Safari drops a table's meaning with its `display`. The roles say again what
     the elements are; they are set here because HTML does not allow them in the page. */
  var ROLES = { THEAD: 'rowgroup', TBODY: 'rowgroup', TR: 'row', TD: 'cell' };
  each('table.cards', function (table) {
    table.setAttribute('role', 'table');
    each('thead, tbody, tr, th, td', function (part) {
      part.setAttribute('role', ROLES[part.tagName] || (part.getAttribute('scope') === 'row' ? 'rowheader' : 'columnheader'));
    }, table);
  });
  function measure() {
    each('.table', function (box) {
      var caption = box.querySelector('caption');
      if (box.scrollWidth > box.clientWidth + 1) {
        box.tabIndex = 0;
        box.setAttribute('role', 'region');
        box.setAttribute('aria-label', (caption ? caption.textContent.trim() : 'Table') + ' (scrolls sideways)');
      } else {
        ['tabindex', 'role', 'aria-label'].forEach(function (name) { box.removeAttribute(name); });
      }
    });
  }
  var pending;
  function again() { clearTimeout(pending); pending = setTimeout(measure, 150); }
  if (window.ResizeObserver) {
    var watch = new ResizeObserver(again);
    each('.table, .table table', function (node) { watch.observe(node); });
  } else { window.addEventListener('resize', again); }
  measure();

  /* What has focus stays clear of what stays in sight, also where that is higher than site.css allows for: very large text
     with wide spacing, a very wide font (WCAG 2.4.11). On a phone with text twice as large only the way out stays. */
  each('.bar', function (bar) {
    var root = document.documentElement;
    var leave = bar.querySelector('.leave');
    function keepClear() {
      var large = bar.offsetWidth <= 14 * parseFloat(getComputedStyle(root).fontSize);
      root.classList.toggle('large', large);
      var needed = (large ? leave : bar).offsetHeight + 6;
      root.style.scrollPaddingTop = '';
      if (needed > parseFloat(getComputedStyle(root).scrollPaddingTop)) { root.style.scrollPaddingTop = needed + 'px'; }
    }
    if (window.ResizeObserver) { new ResizeObserver(keepClear).observe(bar); } else { window.addEventListener('resize', keepClear); }
    keepClear();
  });

  /* Closed definitions are printed open: paper cannot be clicked. */
  var shut = [];
  window.addEventListener('beforeprint', function () {
    each('details:not([open])', function (node) { shut.push(node); node.open = true; });
  });
  window.addEventListener('afterprint', function () {
    shut.splice(0).forEach(function (node) { node.open = false; });
  });
}());
