export * from './apply-roles';
export * from './grants';
