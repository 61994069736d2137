#!/usr/bin/env bash
# ccxt 4.5.84: `parse8601('2024-01-02')`, a date without a time, is undefined, and so is `2024/01/02 00:00`. As `since` of fetchOHLCV it is no
# error: the exchange is asked without a start and answers its newest candles, so a backfill "from 2 January" stores the last days.
# What to do: write the time too, and check that `since` is a number before the call.
# Output seen:
#   parse8601 2024-01-02: undefined, asked for startTime undefined
#   parse8601 2024-01-02 00:00: 1704153600000, asked for startTime 1704153600000
#   parse8601 2024-01-02T00:00:00Z: 1704153600000, asked for startTime 1704153600000
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ccxt@4.5.84
cat > run.cjs <<'JS'
const ccxt = require('ccxt');
(async () => {
  const exchange = new ccxt.binance();
  exchange.setMarkets([{ id: 'BTCUSDT', symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT', spot: true, type: 'spot', active: true }]);
  let asked;
  exchange.fetch = async (url) => { asked = new URL(url).searchParams.get('startTime') ?? undefined; return []; };
  for (const text of ['2024-01-02', '2024-01-02 00:00', '2024-01-02T00:00:00Z']) {
    const since = exchange.parse8601(text);
    await exchange.fetchOHLCV('BTC/USDT', '1d', since);
    console.log(`parse8601 ${text}: ${since}, asked for startTime ${asked}`);
  }
})();
JS
node run.cjs | tee seen.txt
diff - seen.txt <<'SEEN' && echo "as stated" || { echo "the behaviour has changed"; exit 1; }
parse8601 2024-01-02: undefined, asked for startTime undefined
parse8601 2024-01-02 00:00: 1704153600000, asked for startTime 1704153600000
parse8601 2024-01-02T00:00:00Z: 1704153600000, asked for startTime 1704153600000
SEEN
