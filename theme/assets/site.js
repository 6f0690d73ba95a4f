/* Menu, search, wide tables and a high bar. Deferred; every page works without it. Nothing is stored and nothing is sent:
   the one request is for this site's own search, the first time someone uses it. Written for old phones; the build only takes comments and spaces out. */
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

  /* Search. All of it stands in a file of its own, which is loaded when a field of the search is first used: a reader who
     does not search loads none of it. Until then nothing that is typed or sent off is lost. */
  var search;

  function loadSearch() {
    if (search) { return; }
    search = make('script');
    search.src = base + script.getAttribute('data-search');
    function check() {
      each('form[data-search]', function (form) {
        if (form.getAttribute('data-search') !== 'ready') { form.querySelector('.count').textContent = script.getAttribute('data-failed'); }
      });
    }
    search.onload = check;
    search.onerror = function () { check(); search = null; };
    document.head.appendChild(search);
  }

  each('form[data-search]', function (form) {
    if (!form.id) { form.hidden = false; }
    form.addEventListener('focusin', loadSearch);
    form.addEventListener('input', loadSearch);
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      if (form.getAttribute('data-search') !== 'ready') { form.setAttribute('data-search', 'sent'); }
      loadSearch();
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
  /* In the same way WebKit drops a list whose items are laid out as a grid or a row. */
  each('main ul, main ol', function (list) { list.setAttribute('role', 'list'); });
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
      var needed = (large ? leave.getBoundingClientRect().bottom : bar.offsetHeight) + 6;
      root.style.scrollPaddingTop = '';
      if (needed > parseFloat(getComputedStyle(root).scrollPaddingTop)) { root.style.scrollPaddingTop = needed + 'px'; }
    }
    /* In the next frame: a size that changes while an observer runs would call it once more at once, which WebKit logs as an error. */
    if (window.ResizeObserver) { new ResizeObserver(function () { requestAnimationFrame(keepClear); }).observe(bar); } else { window.addEventListener('resize', keepClear); }
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
