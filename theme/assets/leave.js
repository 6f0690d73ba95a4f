/* Leaving quickly. Loaded first in <head> and without `defer`, so that a page reached by Back after someone has left
   is blank before it has a title. Why not GOV.UK's component: it sends our address to the exit site, and one press of
   Back shows our page again. The only thing ever stored is one flag, in this tab, after someone has asked to leave.
   No website can clear the browser's history: the privacy page says so. */
(function () {
  'use strict';
  var root = document.documentElement;
  var exit = document.currentScript.getAttribute('data-to');
  var FLAG = 'left';
  var leaving = false;
  var gone = false;
  /* A kept page can flash up for an instant before its script runs. Chrome throws a kept page away when a message
     reaches it, so leaving sends one; then Back has to load the page anew, and the start of this script stops it. */
  var kept = window.BroadcastChannel ? new BroadcastChannel(FLAG) : null;

  /* Storage can be switched off; then Back shows the page, as without this script. */
  function flag(change) {
    try {
      if (change === 'set') { sessionStorage.setItem(FLAG, '1'); }
      if (change === 'clear') { sessionStorage.removeItem(FLAG); }
      return sessionStorage.getItem(FLAG) === '1';
    } catch (e) { return false; }
  }

  /* Blank first, then away: WebKit, where a view shows all sites by one process, paints nothing more once a page is asked
     for, and would show ours until the exit site answers. Two frames later it is blank; where no frame comes, a fifth of a
     second is waited for, and no more. */
  function go() {
    if (!gone) { gone = true; window.location.replace(exit); }
  }

  function leave() {
    var icons = document.querySelectorAll('link[rel~="icon"], link[rel="apple-touch-icon"]');
    var i;
    leaving = true;
    gone = false;
    flag('set');
    if (kept) { kept.postMessage(''); }
    root.style.display = 'none';
    for (i = 0; i < icons.length; i += 1) { icons[i].href = 'data:,'; }
    /* Not empty: browsers show the address of a page without a title. */
    document.title = 'Loading';
    setTimeout(go, 200);
    if (window.requestAnimationFrame) { requestAnimationFrame(function () { requestAnimationFrame(function () { setTimeout(go, 20); }); }); }
  }

  function arrival() {
    var entry = window.performance && performance.getEntriesByType && performance.getEntriesByType('navigation')[0];
    if (entry) { return entry.type; }
    return ['navigate', 'reload', 'back_forward'][window.performance && performance.navigation ? performance.navigation.type : 0];
  }

  /* Back, Forward or Reload after leaving: stop before the title is read, and leave again. Any ordinary visit means
     that the reader has chosen to come back. */
  if (flag()) {
    if (arrival() === 'navigate') {
      flag('clear');
    } else {
      if (window.stop) { window.stop(); }
      leave();
      go();
      return;
    }
  }

  root.className += ' js';

  /* Browsers keep whole pages for Back. What they keep is a blank one; `visibility` keeps the reader's place in it. */
  window.addEventListener('pagehide', function () { root.style.visibility = 'hidden'; });
  window.addEventListener('pageshow', function (event) {
    if (event.persisted && flag()) { leave(); go(); } else if (!leaving) { root.style.visibility = ''; }
  });

  document.addEventListener('click', function (event) {
    var node = event.target;
    while (node && node.id !== 'leave') { node = node.parentNode; }
    if (node) { event.preventDefault(); leave(); }
  });

  /* Shift three times, each press on its own and within five seconds of the last. Esc is no use for this: it stops the
     page that has just been asked for. On release, so that Shift+Tab and capital letters never count. */
  var presses = 0;
  var alone = false;
  var timer;

  function say(words) {
    var status = document.getElementById('leave-status');
    var link = document.getElementById('leave');
    if (status) { status.textContent = words; }
    if (link) { link.setAttribute('data-presses', presses); }
  }

  function reset(words) {
    clearTimeout(timer);
    if (presses) { presses = 0; say(words || ''); }
  }

  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Shift') { alone = false; reset(); } else if (!event.repeat) {
      alone = !(event.ctrlKey || event.altKey || event.metaKey);
    }
  });
  document.addEventListener('mousedown', function () { alone = false; reset(); });
  document.addEventListener('keyup', function (event) {
    if (event.key !== 'Shift' || !alone) { return; }
    alone = false;
    clearTimeout(timer);
    presses += 1;
    if (presses === 3) { leave(); return; }
    say(presses === 1 ? 'Press Shift 2 more times to leave this site.' : 'Press Shift 1 more time to leave this site.');
    timer = setTimeout(function () { reset('Leaving this site: not done, too slow.'); }, 5000);
  });
}());
