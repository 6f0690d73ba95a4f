// MDN's HTTP Observatory, run on a host of this machine. Its own retriever insists on a public name, on port 443 and on a
// certificate that it knows, so what it would have fetched is put together here: the real answers of the host, at the
// address of the site, reached from http by the redirect to https that its headers promise. Its tests and its grading
// are its own. Usage: node observatory.mjs http://127.0.0.1:8000/
import { ALL_TESTS } from "./node_modules/@mdn/mdn-http-observatory/src/constants.js";
import { MINIMUM_SCORE_FOR_EXTRA_CREDIT } from "./node_modules/@mdn/mdn-http-observatory/src/grader/charts.js";
import { getGradeForScore, getScoreModifier } from "./node_modules/@mdn/mdn-http-observatory/src/grader/grader.js";
import { Session } from "./node_modules/@mdn/mdn-http-observatory/src/retriever/session.js";
import { parseHttpEquivHeaders } from "./node_modules/@mdn/mdn-http-observatory/src/retriever/utils.js";
import { Requests } from "./node_modules/@mdn/mdn-http-observatory/src/types.js";

const SITE = "https://register.exampleshire.test/";
const host = new URL(process.argv[2]);

const session = await Session.fromUrl(host, {});
const requests = new Requests(new URL(SITE).hostname);
const response = { ...session.response, verified: true };
response.httpEquiv = parseHttpEquivHeaders(response.data, SITE);
response.request = { ...response.request, protocol: "https:", host: requests.hostname };
session.url = new URL(SITE);
requests.session = session;
requests.resources.path = response.data;
requests.responses.auto = response;
requests.responses.https = response;
requests.responses.http = response;
requests.responses.cors = await session.options({ url: host.href, headers: { Origin: "https://elsewhere.test" } });
requests.responses.httpRedirects = [
  { url: new URL(SITE.replace("https", "http")), status: 301 },
  { url: new URL(SITE), status: 200 },
];
requests.responses.httpsRedirects = [{ url: new URL(SITE), status: 200 }];

const results = ALL_TESTS.map((test) => test(requests)).filter((one) => one.result);
const modifiers = results.map((one) => getScoreModifier(one.result));
const base = 100 + modifiers.filter((points) => points < 0).reduce((sum, points) => sum + points, 0);
const score = base >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? 100 + modifiers.reduce((sum, points) => sum + points, 0) : base;
const final = getGradeForScore(score);
console.log(JSON.stringify({
  grade: final.grade,
  score: final.score,
  failed: results.filter((one) => !one.pass).map((one) => one.constructor.name),
  results: results.map((one, at) => [one.constructor.name, one.result, modifiers[at]]),
}));
