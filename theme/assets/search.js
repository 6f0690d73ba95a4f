/* The search of this site, with help first. site.js loads it when a search field is first used, never before. What is
   typed stays on the reader's device: it is in no request, in no address, and is not kept. The one file that is asked for
   is this site's own index; what it holds is only ever written as text.
   The build makes one plain script of this file and the two that it imports (register/site/small_files.py): where the site
   is read from a disk, a browser loads no module and fetches nothing. Browsers older than Chrome 64, Safari 11.1 and
   Firefox 78 cannot read it, and site.js says so.
   MiniSearch and stemmer are others' work, unchanged; their licences stand beside them. */

import MiniSearch from './minisearch/index.js';
import { stemmer } from './stemmer/index.js';

const site = document.querySelector('script[data-index]').dataset;
const base = site.base.replace(/\/?$/, '/');
/* Where a folder is no page by itself, on a disk, the name of its page is said. */
const pageAt = address => base + address + (site.page || '');
const WORD = /[\p{L}\p{M}\p{N}'\u2018\u2019]+/gu;
const MOST = 20;  // results that are shown
const MOST_SERVICES = 4;  // so that results are not far below
const AROUND = 160;  // signs of a page that a result shows

/* ── words ─────────────────────────────────────────────────────────────────────────────────── */

/* A word without capitals, accents and apostrophes, as people type it. */
function fold(word) {
  return word.toLowerCase().replace(/['\u2018\u2019]/g, '').normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/ł/g, 'l');
}

function wordsOf(text) {
  return (text.match(WORD) || []).map(fold).filter(Boolean);
}

/* A word under each form by which it is found: as it is, and by its stem. Each word is worked out once. */
function makeForms(stemmer) {
  const known = new Map();
  return word => {
    if (!known.has(word)) {
      const folded = fold(word);
      known.set(word, [...new Set([folded, /^[a-z]+$/.test(folded) ? stemmer(folded) : folded])].filter(Boolean));
    }
    return known.get(word);
  };
}

/* How many letters may be wrong, missing or too many. None of a number, a short word, or any form but the word itself. */
function mistakes(word, place) {
  if (place || /\d/.test(word) || word.length < 5) { return false; }
  return word.length < 9 ? 1 : 2;
}

/* The forms of a word, and of what it may be if two letters were typed in each other's place: the commonest mistake. */
function makeNearForms(forms) {
  return word => [...fold(word)].reduce((found, letter, at, all) => {
    if (at < 1 || all.length < 5) { return found; }
    return found.concat(forms([...all.slice(0, at - 1), letter, all[at - 1], ...all.slice(at + 1)].join('')));
  }, forms(word));
}

const SMALL = ('one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen'
  + ' eighteen nineteen').split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/* The number that some words name, in digits or spelled out; NaN for other words. */
function numberOf(words) {
  const [first = '', second = ''] = words;
  const tens = 10 * (TENS.indexOf(first) + 2);
  if (words.length === 1) {
    return /^\d+$/.test(first) ? Number(first) : SMALL.indexOf(first) + 1 || (tens > 10 ? tens : NaN);
  }
  return words.length === 2 && tens > 10 ? tens + SMALL.indexOf(second) + 1 : NaN;
}

/* The number of a recommendation, as it was typed: "12", "rec 12", "recommendation number twelve". */
function recommendationIn(words) {
  return numberOf(words.filter(word => !/^(r|recs?|recommendations?|no|nr|number)$/.test(word)));
}

/* ── what is found ──────────────────────────────────────────────────────────────────────────── */

/* The index is a script, too, which sets one name. */
function loadIndex() {
  return new Promise((resolve, reject) => {
    const script = make('script');
    script.src = base + site.index;
    script.onload = () => resolve(window.searchIndex);
    script.onerror = reject;
    document.head.append(script);
  });
}

async function load() {
  const index = await loadIndex();
  const forms = makeForms(stemmer);
  const how = { tokenize: text => text.match(WORD) || [], processTerm: forms };
  const pages = new MiniSearch({ ...how, fields: ['title', 'parts', 'text'] });
  await pages.addAllAsync(index.pages.map((page, id) => ({
    id, title: page.title, parts: page.parts.map(part => part[1]).join(' '), text: page.parts.map(part => part[2]).join(' '),
  })), { chunkSize: 50 });
  const asked = index.help.flatMap((group, at) => group.words.map(words => ({ id: at + '/' + words, at, words })));
  const help = new MiniSearch({ ...how, fields: ['words'], storeFields: ['at', 'words'] });
  help.addAll(asked);
  const equal = index.equal.map(group => group.map(words => wordsOf(words)));
  return { index, pages, help, equal, forms, nearly: { fuzzy: mistakes, processTerm: makeNearForms(forms) } };
}

/* The groups of help words of which one was typed. Of several words each must be there, in any form or order. */
function helpFor(words, { index, help, forms, nearly }) {
  const hits = words.length ? help.search(words.join(' '), nearly) : [];
  const groups = new Set(hits.filter(hit => {
    const met = new Set(hit.terms);
    return wordsOf(hit.words).every(word => forms(word).some(form => met.has(form)));
  }).map(hit => hit.at));
  return index.help.filter((group, at) => groups.has(at));
}

/* What is searched for: every word that was typed, or another that means the same. */
function asQuery(words, { equal, forms }) {
  const same = (one, other) => forms(one).some(form => forms(other).includes(form));
  const together = phrase => ({ combineWith: 'AND', queries: phrase.map(word => ({ combineWith: 'OR', queries: [word] })) });
  const queries = [];
  for (let at = 0; at < words.length;) {
    const met = equal.flatMap(group => group.filter(phrase => phrase.every((word, next) => words[at + next] && same(word, words[at + next])))
      .map(phrase => ({ group, long: phrase.length })));
    const long = Math.max(1, ...met.map(one => one.long));
    const meant = met.filter(one => one.long === long).flatMap(one => one.group);
    queries.push({ combineWith: 'OR', queries: [...meant, words.slice(at, at + long)].map(together) });
    at += long;
  }
  return queries;
}

/* The pages that hold all words; else those with words that are nearly the same; else those that hold any. The last is not
   tried where help is shown: somebody who has told what happened needs no pages that share a word with it. */
function pagesFor(words, search, helped) {
  const queries = asQuery(words, search);
  const boost = { title: 6, parts: 3 };
  const prefix = (word, place) => !place && word.length > 2 && !/\d/.test(word);
  const ways = [
    { combineWith: 'AND', boost, prefix },
    { combineWith: 'AND', boost, prefix, ...search.nearly },
    { combineWith: 'OR', boost, prefix, ...search.nearly },
  ];
  for (const way of words.length ? ways.slice(0, helped ? 2 : 3) : []) {
    const found = search.pages.search({ ...way, queries });
    if (found.length) {
      return { close: way !== ways[0], hits: found.map(hit => ({ page: search.index.pages[hit.id], terms: new Set(hit.terms) })) };
    }
  }
  return { close: false, hits: [] };
}

/* Everything that a reader is shown for some words: help first, the recommendation of that number, the other pages. */
function answer(typed, search) {
  const words = wordsOf(typed);
  const number = recommendationIn(words);
  const own = search.index.pages.find(page => page.number === number);
  const help = helpFor(words, search);
  const { hits, close } = pagesFor(words, search, help.length > 0);
  const others = hits.filter(hit => hit.page !== own);
  return { own, help, close: close && !own, hits: own ? [{ page: own, terms: new Set() }, ...others] : others };
}

/* ── what is shown ──────────────────────────────────────────────────────────────────────────── */

function make(tag, text, name) {
  const node = document.createElement(tag);
  if (text) { node.textContent = text; }
  if (name) { node.className = name; }
  return node;
}

function linkTo(address, text) {
  const link = make('a', text);
  link.href = address;
  return link;
}

function service(line, id, helpPage) {
  const item = make('li', '', line.emergency ? 'line urgent' : 'line');
  const name = make('p');
  const strong = make('strong', line.number ? line.name : '');
  if (!line.number) { strong.append(linkTo(pageAt(helpPage) + '#' + id, line.name)); }
  name.append(strong);
  item.append(name);
  if (line.number) {
    const number = make('p', '', 'number');
    const call = linkTo(line.tel, line.number);
    call.setAttribute('aria-label', 'Telephone ' + line.number);
    number.append(call);
    item.append(number);
  }
  item.append(make('p', line.for_whom), make('p', line.hours, 'note'));
  if (line.age) { item.append(make('p', 'Last confirmed ' + line.age + ', so it may have changed', 'note')); }
  return item;
}

function helpBox(groups, index, title) {
  const box = make('div', '', 'panel');
  const name = make('p');
  const lines = make('ul', '', 'lines');
  const more = make('p');
  const ids = [...new Set(groups.flatMap(group => group.services))];
  const first = ids.filter(id => index.services[id].emergency);
  name.append(make('strong', 'Get help now'));
  name.id = title;
  box.setAttribute('role', 'group');
  box.setAttribute('aria-labelledby', title);
  box.tabIndex = -1;
  [...first, ...ids.filter(id => !first.includes(id))].slice(0, MOST_SERVICES)
    .forEach(id => lines.append(service(index.services[id], id, index.help_page)));
  more.append(linkTo(pageAt(index.help_page), 'More ways to get help'));
  box.append(name, make('p', groups[0].say), lines, more);
  return box;
}

/* The part of a page in which most of the words were found, with the places of the words in its text. */
function bestPart(page, terms, forms) {
  let best = { part: page.parts[0] || ['', '', ''], marks: [], met: 0 };
  for (const part of page.parts) {
    const met = new Set(wordsOf(part[1]).flatMap(forms).filter(form => terms.has(form)));
    const marks = [];
    part[2].replace(WORD, (word, at) => {
      const found = forms(word).filter(form => terms.has(form));
      if (found.length) { marks.push([at, at + word.length]); }
      found.forEach(form => met.add(form));
      return word;
    });
    if (met.size > best.met) { best = { part, marks, met: met.size }; }
  }
  return best;
}

/* A few words around the first hit, with the hits marked. */
function excerpt(text, marks) {
  const out = make('p', '', 'note');
  const first = marks.length ? marks[0][0] : 0;
  const from = first > 60 ? text.indexOf(' ', first - 60) + 1 : 0;
  const end = from + AROUND < text.length ? text.lastIndexOf(' ', from + AROUND) : text.length;
  const to = end > from ? end : from + AROUND;
  let at = from;
  if (from) { out.append('… '); }
  for (const [begin, behind] of marks.filter(mark => mark[0] >= from && mark[1] <= to)) {
    out.append(text.slice(at, begin), make('mark', text.slice(begin, behind)));
    at = behind;
  }
  out.append(text.slice(at, to) + (to < text.length ? ' …' : ''));
  return out;
}

function result({ page, terms }, forms) {
  const item = make('li');
  const { part, marks } = bestPart(page, terms, forms);
  const [id, title, text] = part;
  const whole = page.number || !id || title === page.title;
  item.append(linkTo(pageAt(page.at) + (whole ? '' : '#' + id), whole ? page.title : title + ' – ' + page.title));
  if (page.number) { item.append(make('p', page.state)); }
  if (text && (marks.length || !page.number)) { item.append(excerpt(text, marks)); }
  return item;
}

/* What is said of the results, also to those who do not see them (WCAG 4.1.3). */
function summary({ help, hits, close }) {
  const number = hits.length;
  const many = number > MOST ? '. The first ' + MOST + ' are shown; another word narrows them.' : '';
  const counted = number === 1 ? '1 result' : number + ' results' + many;
  if (help.length) { return 'Help first. ' + (number ? counted : 'No other results.'); }
  if (!number) { return 'No results. Try fewer or shorter words, or the list of all pages at the foot of this page.'; }
  return close ? 'No page has exactly these words. What comes near: ' + counted : counted;
}

/* ── the forms ──────────────────────────────────────────────────────────────────────────────── */

let loading;
let forms = 0;

function whenLoaded() {
  loading = loading || load();
  loading.catch(() => { loading = null; });
  return loading;
}

function serve(form) {
  const input = form.querySelector('input');
  const status = form.querySelector('.count');
  const list = form.querySelector('ol');
  const title = 'help-first-' + (forms += 1);
  let box;
  let timer;
  let turn = 0;

  function clear(words) {
    if (box) { box.remove(); box = null; }
    list.textContent = '';
    status.textContent = words;
  }

  async function run() {
    const mine = turn += 1;
    clearTimeout(timer);
    if (!wordsOf(input.value).length) { clear(''); return null; }
    try {
      const search = await whenLoaded();
      if (mine !== turn) { return null; }
      const found = answer(input.value, search);
      clear(summary(found));
      if (found.help.length) {
        box = helpBox(found.help, search.index, title);
        form.insertBefore(box, list);
      }
      list.append(...found.hits.slice(0, MOST).map(hit => result(hit, search.forms)));
      return found;
    } catch (failed) {
      if (mine === turn) { clear(site.failed); }
      return null;
    }
  }

  /* Never sent anywhere: Find goes to the recommendation of that number, else to help, else to the first result. */
  async function find() {
    const found = await run();
    if (!found) { return; }
    if (found.own) { location.href = pageAt(found.own.at); } else if (box) { box.focus(); } else if (list.querySelector('a')) { list.querySelector('a').focus(); }
  }

  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(run, 250); });
  input.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !form.id) { input.value = ''; run(); }
  });
  form.addEventListener('submit', find);
  /* A kept page comes back as it was, but WebKit empties the field, before this or after it. */
  window.addEventListener('pageshow', event => { if (event.persisted) { timer = setTimeout(run, 0); } });
  (form.dataset.search === 'sent' ? find : run)();
  form.dataset.search = 'ready';
}

whenLoaded();
document.querySelectorAll('form[data-search]').forEach(serve);
