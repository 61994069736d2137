import { liveState } from '../../api/live-state';

const BUSY_MS = 1500;
const IDLE_MS = 20_000;

/** Asks often while something runs, and otherwise as every query does: not at all where changes arrive by themselves. */
export const pollWhile = (busy: boolean): number | false => (busy ? BUSY_MS : liveState() === 'live' ? false : IDLE_MS);
