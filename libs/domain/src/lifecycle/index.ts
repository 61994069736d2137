export * from './deployability';
export * from './promotion-checklist';
export * from './strategy-status';
