#!/bin/sh
# last_versions.sh: puts into site/ every version of the register that the last publication holds, as it was first published.
# A version's address stays, and so does what stands there: the same version built on a later day knows of later missed dates.
set -eu
branch=published
versions=data/versions

test -d site || { echo "there is no built site in site/ (run 'make site PUBLISH=1' first)" >&2; exit 1; }
asked=0
git ls-remote --exit-code origin "refs/heads/$branch" >/dev/null 2>&1 || asked=$?
if [ "$asked" = 2 ]; then # no such branch
  echo "Nothing was published before: 'origin' has no branch '$branch'."
  exit 0
elif [ "$asked" != 0 ]; then
  echo "'origin' cannot be asked what was published last (try again when it can be reached)" >&2
  exit 1
fi
git fetch --quiet --no-tags origin "refs/heads/$branch"
if [ -z "$(git ls-tree FETCH_HEAD "$versions")" ]; then
  echo "The last publication holds no versions of the register."
  exit 0
fi
if git ls-tree -r FETCH_HEAD "$versions/" | grep -qv '^100644 blob '; then
  echo "$versions/ of the branch '$branch' holds what is no ordinary file (take it out there)" >&2
  exit 1
fi
packed=$(mktemp)
trap 'rm -f "$packed"' EXIT
git archive --output "$packed" --format tar FETCH_HEAD "$versions"
tar --extract --file "$packed" --overwrite --directory site
echo "Every version of the last publication stands in site/$versions/."
