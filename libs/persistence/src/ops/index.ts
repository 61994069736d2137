import { ApiKeyEntity } from './api-key.entity';
import { AttemptEntity } from './attempt.entity';
import { AuditEntity } from './audit.entity';
import { JobEntity } from './job.entity';
import { RevokedTokenEntity } from './revoked-token.entity';
import { ScheduleEntity } from './schedule.entity';
import { SignInCodeEntity } from './sign-in-code.entity';
import { UserEntity } from './user.entity';

export * from './api-key.entity';
export * from './attempt.entity';
export * from './audit.entity';
export * from './job.entity';
export * from './revoked-token.entity';
export * from './schedule.entity';
export * from './sign-in-code.entity';
export * from './user.entity';

export const OPS_ENTITIES = [
  UserEntity,
  ApiKeyEntity,
  RevokedTokenEntity,
  SignInCodeEntity,
  AttemptEntity,
  JobEntity,
  ScheduleEntity,
  AuditEntity,
];
