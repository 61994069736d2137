export { resampleBars, type Resampled, type ResampleNote, type ResampleOptions } from './resample-bars';
