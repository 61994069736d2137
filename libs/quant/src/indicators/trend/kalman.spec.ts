import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { kalmanLevel, kalmanTrend } from './kalman';

/** Flow of the Nile 1871 to 1876; what is filtered of it by statsmodels 0.13 from an exact diffuse start. */
const close = [1120, 1160, 963, 1210, 1160, 1160];

indicatorContract(kalmanLevel, {
  'is the level that statsmodels filters': [
    { level_variance: 0.1 },
    { close },
    {
      kalman_level: [
        1120, 1140.952380952381, 1072.5894428152492, 1117.4155305275638, 1130.141727047284, 1138.655067193159,
      ],
    },
  ],
  'of a level that never moves is the mean so far': [
    { level_variance: 0 },
    { close: [4, 8, 9, 7] },
    { kalman_level: [4, 6, 7, 7] },
  ],
});

indicatorContract(kalmanTrend, {
  'is the level and slope that statsmodels filters': [
    { level_variance: 0.1, slope_variance: 0.01 },
    { close },
    {
      level: [NaN, 1160, 1001.1642512077295, 1127.92167913175, 1151.2047644668535, 1162.0367904834654],
      slope: [NaN, 40, -78.69082125603863, 8.583149843018049, 13.449394962674415, 12.731892354889917],
    },
  ],
  'of a line that never bends is the least-squares line so far': [
    { level_variance: 0, slope_variance: 0 },
    { close: close.slice(0, 4) },
    { level: [NaN, 1160, 1002.5, 1124.2], slope: [NaN, 40, -78.5, 7.3] },
  ],
});
