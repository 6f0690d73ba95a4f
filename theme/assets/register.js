/* The list of recommendations: choose, sort, clear. The whole list stands in the page without it. What is chosen stands
   in the address, so that it can be shared and is still there after Back; what is typed never does. Nothing is stored
   and nothing is sent. The entry in the browser's history is replaced, not added to: fewer traces, and Back leaves. */
(function () {
  'use strict';
  var form = document.querySelector('form[data-register]');
  if (!form || !window.URLSearchParams) { return; }
  var table = document.getElementById(form.getAttribute('data-register'));
  var body = table.tBodies[0];
  var box = table.parentNode;
  var status = form.querySelector('[role="status"]');
  var words = form.elements.words;
  var choices = Array.prototype.slice.call(form.querySelectorAll('select'));
  var rows = Array.prototype.map.call(body.rows, read);
  var order = '';
  var timer;

  function fold(text) {
    return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/ł/g, 'l').toLowerCase();
  }

  /* What is known of a row: where it is found, and its words but for its dates. */
  function read(row) {
    var cells = Array.prototype.slice.call(row.cells, 0, -1);
    var text = fold(cells.map(function (cell) { return cell.textContent; }).join(' '));
    return {
      row: row, number: +row.getAttribute('data-number'), shown: true,
      updated: row.getAttribute('data-updated'), promised: row.getAttribute('data-promised'),
      words: ' ' + text.replace(/[^\p{L}\p{N}]+/gu, ' ') + ' '
    };
  }

  function holds(item, choice) {
    return (' ' + item.row.getAttribute('data-' + choice.name) + ' ').indexOf(' ' + choice.value + ' ') >= 0;
  }

  /* A word is found at the start of a word, a number only as a whole. */
  function sought() {
    return fold(words.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean).map(function (word) {
      return ' ' + word + (/^\d+$/.test(word) ? ' ' : '');
    });
  }

  /* What has no date comes last, however it is sorted. */
  var compare = {
    '': function (a, b) { return a.number - b.number; },
    newest: function (a, b) { return a.updated < b.updated ? 1 : a.updated > b.updated ? -1 : a.number - b.number; },
    oldest: function (a, b) { return last(a.updated, b.updated) || a.number - b.number; },
    promised: function (a, b) { return last(a.promised, b.promised) || a.number - b.number; }
  };
  function last(a, b) { return a === b ? 0 : !a ? 1 : !b ? -1 : a < b ? -1 : 1; }

  function sort(by) {
    if (by === order) { return; }
    order = by;
    rows.slice().sort(compare[by]).forEach(function (item) { body.appendChild(item.row); });
  }

  function show() {
    var chosen = choices.filter(function (choice) { return choice.value && choice.name !== 'sort'; });
    var typed = sought();
    var count = 0;
    sort(form.elements.sort ? form.elements.sort.value : '');
    rows.forEach(function (item) {
      var keep = chosen.every(function (choice) { return holds(item, choice); }) &&
        typed.every(function (word) { return item.words.indexOf(word) >= 0; });
      if (keep) { count += 1; }
      if (keep !== item.shown) { item.row.hidden = !keep; item.shown = keep; }
    });
    box.hidden = count === 0;
    status.textContent = count + ' of ' + rows.length + ' shown' +
      (count ? '' : '. Nothing fits all of this together: choose or type less, or clear all.');
  }

  /* From the choices to the address, and back. */
  function write() {
    var query = new URLSearchParams();
    choices.forEach(function (choice) { if (choice.value) { query.set(choice.name, choice.value); } });
    var text = query.toString();
    history.replaceState(null, '', location.pathname + (text ? '?' + text : '') + location.hash);
  }
  function recall() {
    var query = new URLSearchParams(location.search);
    choices.forEach(function (choice) {
      choice.value = query.get(choice.name) || '';
      if (choice.selectedIndex < 0) { choice.value = ''; }
    });
  }

  form.addEventListener('change', function (event) {
    clearTimeout(timer);
    if (event.target !== words) { write(); }
    show();
  });
  words.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(show, 200); });
  form.addEventListener('submit', function (event) { event.preventDefault(); show(); });
  form.addEventListener('reset', function () { setTimeout(function () { write(); show(); }, 0); });
  window.addEventListener('popstate', function () { recall(); show(); });
  recall();
  form.hidden = false;
  show();
}());
