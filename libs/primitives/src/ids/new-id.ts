import { v7 } from 'uuid';

/**
 * UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, a 32-bit counter that keeps ids of one process and millisecond in order, 42 random
 * bits. A clock that goes back continues from its last time.
 */
export const newId = (): string => v7();
