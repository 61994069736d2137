import { integer } from '@assay/platform';

/**
 * How long after the right to send was taken a request may begin, and how long our paper venue takes it: after both, an order that is not
 * found was never taken. Milliseconds.
 */
export const sendWindowMs = (): number => integer(process.env, 'ASSAY_SEND_WINDOW_MS', 1_000, 100, 60_000);
