#!/bin/sh
# publish_earlier.sh [COMMIT]: publishes again what was published before the last publication, or at a commit of the branch
# 'published'. It is put on top as a new commit, so that nothing is lost; it says by which command that is undone.
set -eu
branch=published

git ls-remote origin >/dev/null 2>&1 ||
  { echo "'origin' cannot be reached (nothing was changed; try again when it can)" >&2; exit 1; }
git fetch --quiet --no-tags origin "refs/heads/$branch" 2>/dev/null ||
  { echo "nothing was published yet: 'origin' has no branch '$branch' (nothing was changed)" >&2; exit 1; }
last=$(git rev-parse FETCH_HEAD)
earlier=$(git rev-parse --verify --quiet "${1:-$last~1}^{commit}") ||
  { echo "there is no ${1:+such }earlier publication${1:+: '$1'} (nothing was changed)" >&2; exit 1; }
git merge-base --is-ancestor "$earlier" "$last" ||
  { echo "'$1' is no publication: it is not in the branch '$branch' (nothing was changed)" >&2; exit 1; }
day=$(git log -1 --format=%cs "$earlier")
again=$(git commit-tree "$earlier^{tree}" -p "$last" -m "Publish again what was published on $day" -m "It is the site of $earlier.")
git push --quiet origin "$again:refs/heads/$branch"
echo "The branch '$branch' holds the site of $(git rev-parse --short "$earlier"), published on $day, again."
echo "To undo it: make publish-earlier PUBLICATION=$(git rev-parse --short "$last")"
if command -v gh >/dev/null && gh workflow run publish.yml --field again=true; then
  echo "The workflow 'Publish' brings it to readers now; it takes a minute."
else
  echo "To bring it to readers: on GitHub, under Actions, Publish, choose 'Run workflow' and tick 'again'."
fi
echo "The next change of the branch main is published over it: mend what was wrong there first."
