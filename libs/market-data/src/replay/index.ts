export { closedBarCount, visibleBars, visibleOpen, type BarCloses } from './visible-bars';
export { ReplayBars } from './replay-bars';
