import type { ServiceName } from '@assay/persistence';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { ThrottlerModule } from '@nestjs/throttler';
import type { AppConfig } from '../config';
import { CONFIG } from '../config';
import { AuthController } from './auth.controller';
import type { DefaultScopes } from './access';
import { Access, DEFAULT_SCOPES } from './access';
import { Attempts } from './attempts';
import { AuditService } from './audit.service';
import { AuthGuard } from './auth.guard';
import { AuthService, TOKEN_SECONDS } from './auth.service';
import { KeysService } from './keys.service';
import { RateLimitGuard } from './rate-limit.guard';
import { SignInService } from './sign-in.service';
import { UsersController } from './users.controller';
import { UsersService } from './users.service';

const DEFAULTS: Record<ServiceName, DefaultScopes> = {
  research: { read: 'research:read', write: 'research:write' },
  trade: { read: 'trade:read', write: 'trade:write' },
  portfolio: { read: 'research:read', write: 'admin' },
};

@Module({})
export class AuthModule {
  /** Closes every route of the service and, where it may write users and keys, serves `/auth`. */
  static forService(service: ServiceName): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      imports: [
        JwtModule.registerAsync({
          inject: [CONFIG],
          useFactory: ({ secret }: AppConfig) => ({
            secret,
            signOptions: { algorithm: 'HS256', expiresIn: TOKEN_SECONDS, issuer: 'assay', audience: 'assay' },
            verifyOptions: { algorithms: ['HS256'], issuer: 'assay', audience: 'assay' },
          }),
        }),
        ThrottlerModule.forRootAsync({
          inject: [CONFIG],
          useFactory: ({ rateLimitPerMinute }: AppConfig) => [{ ttl: 60_000, limit: rateLimitPerMinute }],
        }),
      ],
      providers: [
        Access,
        Attempts,
        AuditService,
        AuthService,
        KeysService,
        SignInService,
        UsersService,
        { provide: DEFAULT_SCOPES, useValue: DEFAULTS[service] },
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_GUARD, useClass: RateLimitGuard },
      ],
      controllers: service === 'portfolio' ? [] : [AuthController, UsersController],
      exports: [Access, AuthService],
    };
  }
}
