import { afterUsualBars } from '../../../../testing/src/quant/candle-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import {
  doji,
  dragonflyDoji,
  gravestoneDoji,
  hammer,
  hangingMan,
  invertedHammer,
  marubozu,
  shootingStar,
  spinningTop,
} from './one-candle';

// the signs of all cases are those of the values of TA-Lib 0.6 for these bars

indicatorContract(doji, {
  'is a body of at most a tenth of the mean range': afterUsualBars('doji', 10, [
    [[10, 11, 9, 10.2], 1],
    [[10, 11, 9, 10.5], 0],
    [[10, 10, 10, 10], 1],
  ]),
});

indicatorContract(dragonflyDoji, {
  'has a lower shadow only': afterUsualBars('dragonfly_doji', 10, [
    [[10, 10.1, 8, 10], 1],
    [[10, 12, 9.9, 10], 0],
    [[10, 10.1, 9.9, 10], 0],
  ]),
});

indicatorContract(gravestoneDoji, {
  'has an upper shadow only': afterUsualBars('gravestone_doji', 10, [
    [[10, 12, 9.9, 10], 1],
    [[10, 10.1, 8, 10], 0],
    [[10, 10.1, 9.9, 10], 0],
  ]),
});

indicatorContract(marubozu, {
  'is a long body without shadows': afterUsualBars('marubozu', 10, [
    [[10, 13.1, 9.9, 13], 1],
    [[13, 13.1, 9.9, 10], -1],
    [[10, 14, 9.9, 13], 0],
    [[10, 10.6, 9.9, 10.5], 0],
  ]),
});

indicatorContract(spinningTop, {
  'is a short body between longer shadows': afterUsualBars('spinning_top', 10, [
    [[10, 12, 8, 10.5], 1],
    [[10.5, 12, 8, 10], -1],
    [[10, 10.6, 8, 10.5], 0],
    [[10, 13, 8, 11.5], 0],
  ]),
});

indicatorContract(hammer, {
  'is a short body over a long shadow, near the low before': afterUsualBars('hammer', 11, [
    [[8.3, 8.7, 6.5, 8.6], 1],
    [[11.5, 11.9, 9, 11.8], 0],
    [[9.3, 11, 9.2, 9.5], 0],
  ]),
});

indicatorContract(hangingMan, {
  'is a short body over a long shadow, near the high before': afterUsualBars('hanging_man', 11, [
    [[11.5, 11.9, 9, 11.8], -1],
    [[8.3, 8.7, 6.5, 8.6], 0],
  ]),
});

indicatorContract(invertedHammer, {
  'is a short body under a long shadow, below the body before': afterUsualBars('inverted_hammer', 11, [
    [[9, 11, 8.9, 9.3], 1],
    [[9, 11, 8.9, 9.3], 0],
  ]),
});

indicatorContract(shootingStar, {
  'is a short body under a long shadow, above the body before': afterUsualBars('shooting_star', 11, [
    [[11.5, 14, 11.4, 11.8], -1],
    [[9, 11, 8.9, 9.3], 0],
  ]),
});
