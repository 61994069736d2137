import { currentOperation } from '@assay/persistence';
import type { DynamicModule } from '@nestjs/common';
import { Module, RequestMethod } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { AppConfig } from '../config';
import { CONFIG } from '../config';

const SECRETS = [
  'password',
  'trade_password',
  'secret',
  'token',
  'access_token',
  'api_key',
  'apiKey',
  'authorization',
  'cookie',
];

/** Paths that are never written, wherever an object is logged. */
export const REDACTED = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-api-key"]',
  'res.headers["set-cookie"]',
  ...SECRETS,
  ...SECRETS.map((name) => `*.${name}`),
];

@Module({})
export class LoggingModule {
  /** JSON lines on standard output, with the correlation id of the request or job. */
  static forService(service: string): DynamicModule {
    const logger = LoggerModule.forRootAsync({
      inject: [CONFIG],
      useFactory: ({ logLevel }: AppConfig) => ({
        forRoutes: [{ path: '{*path}', method: RequestMethod.ALL }],
        pinoHttp: {
          level: logLevel,
          base: { service, pid: process.pid },
          redact: { paths: REDACTED, censor: '[redacted]' },
          timestamp: () => `,"time":"${new Date().toISOString()}"`,
          mixin: () => {
            const operation = currentOperation();
            return operation ? { correlation_id: operation.correlationId } : {};
          },
          autoLogging: { ignore: (request) => request.url?.endsWith('/health') ?? false },
          quietReqLogger: true,
          customLogLevel: (_request, response, error) =>
            error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'info' : 'debug',
          serializers: {
            req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
              id,
              method,
              url: url?.split('?')[0],
            }),
            res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
          },
        },
      }),
    });
    return { module: LoggingModule, imports: [logger], exports: [logger] };
  }
}
