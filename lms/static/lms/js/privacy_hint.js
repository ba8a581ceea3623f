// Warns while somebody types when a text looks as if it names a person: a name, a date of birth, a national number.
// It looks in the browser only: this file sends nothing, keeps nothing, and the warning is not reported to anybody.

const NUMBER = /(?<!\d)(\d{2})[ .]?(\d{2})[ .]?(\d{2})[ .-]?(\d{3})[ .-]?(\d{2})(?!\d)/g;
const MONTHS =
  "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec";
const DATE = new RegExp(
  `(?<!\\d)(?:\\d{1,2}[/.-]\\d{1,2}[/.-](?:\\d{4}|\\d{2})|\\d{4}-\\d{2}-\\d{2}|\\d{1,2} (?:${MONTHS})\\.? \\d{2,4})(?!\\d|-\\d)`,
  "i",
);
const CALLED =
  /(?:^|[^\p{L}])(?:mevrouw|mevr\.?|meneer|mijnheer|dhr\.?|mama|papa|mami|moeder|vader|baby|kindje|zoontje|dochtertje|broer|zus|partner|dokter|dr\.?|heet|genaamd|familie|gezin) (?:van |de |het )?\p{Lu}\p{Ll}+/u;
const TWO = /(?<!\p{L})\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)? (?:(?:van|de|den|der|Van|De|Den|Der|Vanden|Vande) ){0,2}\p{Lu}\p{Ll}+/u;
// A capital in the middle of a sentence: in Dutch that is a name, of a person or of something else.
const MIDDLE = /[\p{Ll},;] (?!Nestwerk|Vlaanderen|Vlaams|België|Belgisch|Nederlands|Frans|Engels|Kind en Gezin)\p{Lu}\p{Ll}{1,}/u;

export function looksLikeNumber(text) {
  return [...text.matchAll(NUMBER)].some((found) => {
    const digits = found.slice(1).join("");
    const first = Number(digits.slice(0, 9));
    const check = Number(digits.slice(9));
    return check === 97 - (first % 97) || check === 97 - ((2000000000 + first) % 97);
  });
}

export function finds(text) {
  const found = [];
  if (looksLikeNumber(text)) found.push("number");
  if (DATE.test(text)) found.push("date");
  if (CALLED.test(text) || TWO.test(text) || MIDDLE.test(text)) found.push("name");
  return found;
}

function watch(field) {
  const box = document.getElementById(field.dataset.privacyHint);
  if (!box) return;
  const look = () => {
    const found = finds(field.value);
    for (const line of box.querySelectorAll("[data-privacy-kind]")) line.hidden = !found.includes(line.dataset.privacyKind);
    box.hidden = found.length === 0;
  };
  field.addEventListener("input", look);
  look();
}

for (const field of document.querySelectorAll("[data-privacy-hint]")) watch(field);
