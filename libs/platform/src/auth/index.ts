export { addAudit } from './audit.service';
export { auditedChanges, isSameAmount, type AuditedChanges } from './audited-changes';
export * from './auth.module';
export { hashPassword, verifyPassword } from './credentials';
export { Owner, Public, Scopes } from './principal';
export type { Principal } from './principal';
export { SCOPES, hasScope } from './scopes';
export type { Scope } from './scopes';
