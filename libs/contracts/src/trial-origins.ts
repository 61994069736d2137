/** What first tried a trial of the ledger. */
export const TRIAL_ORIGINS = ['backtest', 'sweep', 'walk_forward', 'tuning', 'candidate'] as const;
export type TrialOrigin = (typeof TRIAL_ORIGINS)[number];
