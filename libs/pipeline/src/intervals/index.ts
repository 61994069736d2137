export { returnIntervals, type ReturnIntervalsInput } from './return-intervals';
