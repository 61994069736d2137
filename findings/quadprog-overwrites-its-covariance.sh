#!/usr/bin/env bash
# quadprog 1.6.1 (the usual quadratic program solver of portfolio code in JavaScript) factorises the matrix that it is given in place:
# after one call the caller's covariance holds something else. The same call again answers weights of zero and a message that the matrix
# is not positive definite; a loop over constraints or dates that builds its matrix once gets right weights the first time only.
# What to do: hand over a copy, and read `message` before `solution`.
# Output seen:
#   first call: 0.7273 0.2727, message ""
#   second call: 0.0000 0.0000, message "matrix D in quadratic function is not positive definite!"
#   covariance handed over: 0.04 0.01 0.09, afterwards: 4.0772 3.0151 -3.0151
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund quadprog@1.6.1
cat > run.cjs <<'JS'
const { solveQP } = require('quadprog');
// minimum variance of two assets, fully invested; the package counts from 1
const covariance = [[], [0, 0.04, 0.01], [0, 0.01, 0.09]];
const minimumVariance = () => solveQP(covariance, [0, 0, 0], [[], [0, 1], [0, 1]], [0, 1], 1);
const say = ({ solution, message }) => `${solution.slice(1).map((w) => w.toFixed(4)).join(' ')}, message "${message}"`;
console.log(`first call: ${say(minimumVariance())}`);
const after = [covariance[1][1], covariance[1][2], covariance[2][2]].map((v) => v.toFixed(4)).join(' ');
console.log(`second call: ${say(minimumVariance())}`);
console.log(`covariance handed over: 0.04 0.01 0.09, afterwards: ${after}`);
JS
node run.cjs | tee seen.txt
diff - seen.txt <<'SEEN' && echo "as stated" || { echo "the behaviour has changed"; exit 1; }
first call: 0.7273 0.2727, message ""
second call: 0.0000 0.0000, message "matrix D in quadratic function is not positive definite!"
covariance handed over: 0.04 0.01 0.09, afterwards: 4.0772 3.0151 -3.0151
SEEN
