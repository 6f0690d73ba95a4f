/* The list of recommendations: choose, sort, clear. The whole list stands in the page without it. What is chosen stands
   in the address, so that it can be shared and is still there after Back; what is typed never does. Nothing is stored
   and nothing is sent. The entry in the browser's history is replaced, not added to: fewer traces, and Back leaves.
   Laying out thousands of rows takes a browser a second, so no more than MOST are laid out at first. */
(function () {
  'use strict';
  var form = document.querySelector('form[data-register]');
  if (!form || !window.URLSearchParams) { return; }
  var table = document.getElementById(form.getAttribute('data-register'));
  var body = table.tBodies[0];
  var box = table.parentNode;
  var status = document.getElementById(form.getAttribute('data-register') + '-count');
  var folded = form.querySelector('details');
  var promised = Array.prototype.slice.call(table.querySelectorAll('.promised'));
  var words = form.elements.words;
  var choices = Array.prototype.slice.call(form.querySelectorAll('select'));
  var more = document.getElementById(form.getAttribute('data-register') + '-more');
  var MOST = 50;
  var limit = MOST;
  var rows = Array.prototype.map.call(body.rows, read);
  var orders = { '': rows };
  var timer;

  function fold(text) {
    return text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/ł/g, 'l');
  }

  /* What is known of a row: where it is found, and its words but for its dates. */
  function read(row) {
    var cells = Array.prototype.filter.call(row.cells, function (cell) { return !cell.classList.contains('when'); });
    var text = fold(cells.map(function (cell) { return cell.textContent; }).join(' '));
    var under = {};
    choices.forEach(function (choice) { under[choice.name] = ' ' + row.getAttribute('data-' + choice.name) + ' '; });
    return {
      row: row, under: under, number: +row.getAttribute('data-number'),
      updated: row.getAttribute('data-updated'), promised: row.getAttribute('data-promised'),
      words: ' ' + text.replace(/[^\p{L}\p{N}]+/gu, ' ') + ' '
    };
  }

  /* A word is found at the start of a word, a number only as a whole. */
  function sought() {
    return fold(words.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean).map(function (word) {
      return ' ' + word + (/^\d+$/.test(word) ? ' ' : '');
    });
  }

  /* What has no date comes last, however it is sorted. */
  var compare = {
    newest: function (a, b) { return a.updated < b.updated ? 1 : a.updated > b.updated ? -1 : a.number - b.number; },
    oldest: function (a, b) { return last(a.updated, b.updated) || a.number - b.number; },
    promised: function (a, b) { return last(a.promised, b.promised) || a.number - b.number; }
  };
  function last(a, b) { return a === b ? 0 : !a ? 1 : !b ? -1 : a < b ? -1 : 1; }

  /* The rows in an order; in that of the page, which is by number, if none is asked for. */
  function sorted(by) {
    orders[by] = orders[by] || rows.slice().sort(compare[by]);
    return orders[by];
  }

  function show() {
    var chosen = choices.filter(function (choice) { return choice.value && choice.name !== 'sort'; });
    var typed = sought();
    var by = form.elements.sort ? form.elements.sort.value : '';
    var found = sorted(by).filter(function (item) {
      return chosen.every(function (choice) { return item.under[choice.name].indexOf(' ' + choice.value + ' ') >= 0; }) &&
        typed.every(function (word) { return item.words.indexOf(word) >= 0; });
    });
    var shown = document.createDocumentFragment();
    found.slice(0, limit).forEach(function (item) { shown.appendChild(item.row); });
    body.textContent = '';
    body.appendChild(shown);
    promised.forEach(function (cell) { cell.hidden = by !== 'promised'; });
    box.hidden = !found.length;
    more.parentNode.hidden = found.length <= limit;
    status.textContent = found.length + ' of ' + rows.length + ' found' +
      (found.length > limit ? '. The first ' + limit + ' are shown' : '') +
      (found.length ? '' : '. Nothing fits all of this together: choose or type less, or clear all.');
  }

  /* A new choice begins with the first rows again. */
  function renew() {
    clearTimeout(timer);
    limit = MOST;
    show();
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

  /* What is typed has been heard letter by letter. Its change comes when a click takes the focus away; rows that are laid out
     between the press of a button and its release would lose that click (WebKit). */
  form.addEventListener('change', function (event) {
    if (event.target === words) { return; }
    write();
    renew();
  });
  words.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(renew, 200); });
  form.addEventListener('submit', function (event) { event.preventDefault(); renew(); });
  form.addEventListener('reset', function () { setTimeout(function () { write(); renew(); }, 0); });
  more.addEventListener('click', function () { limit += MOST; show(); });
  /* A kept page comes back with its rows as they were, but WebKit empties the field, before this or after it. */
  window.addEventListener('pageshow', function (event) { if (event.persisted) { timer = setTimeout(renew, 0); } });
  window.addEventListener('popstate', function () { recall(); renew(); });
  /* Paper has no button for more. */
  window.addEventListener('beforeprint', function () { limit = rows.length; show(); });
  window.addEventListener('afterprint', renew);
  recall();
  /* Room for all choices, or one of them made: they are shown. On a phone the rows come first. */
  if (folded) {
    folded.open = window.matchMedia('(min-width: 48em)').matches || choices.some(function (choice) { return choice.value; });
  }
  form.hidden = false;
  show();
}());
