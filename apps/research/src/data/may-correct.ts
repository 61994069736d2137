import { hasScope, type Principal } from '@assay/platform';

/** Whether who brings bars may change stored ones too. */
export const mayCorrect = ({ scopes }: Principal): boolean => hasScope(scopes, 'data:correct');
