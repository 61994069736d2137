import type { ServiceName } from '@assay/persistence';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { IDEMPOTENCY_HEADER } from '../idempotency/idempotency';
import { VERSION } from '../health/health.controller';
import { ProblemDto } from '../problem';
import { applyHttpConventions } from './create-app';
import type { AppRoot } from './root-module';
import { RootModule } from './root-module';

export interface OpenApiOptions {
  service: ServiceName;
  globalPrefix: string;
  title: string;
  description: string;
}

const IDEMPOTENCY_PARAMETER = {
  name: IDEMPOTENCY_HEADER,
  in: 'header' as const,
  required: false,
  description:
    'A name of this request, e.g. a UUID: sent again within 24 h with the same content it is not carried out again but answered as before (`Idempotency-Replayed: true`); with other content it is 422 (`idempotency_key_reused`), while it is being worked on 409 (`request_in_progress`), and 409 (`answer_lost`) where it was carried out, at least in part, and no answer was kept',
  schema: { type: 'string' as const, minLength: 1, maxLength: 255 },
};

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDto' } } };

/** The OpenAPI document of a service, from its decorators alone: nothing is connected or started. */
export async function buildOpenApi(root: AppRoot, options: OpenApiOptions): Promise<OpenAPIObject> {
  const module = RootModule.http(root, options.service);
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    preview: true,
    logger: false,
  });
  applyHttpConventions(app, options.globalPrefix);
  const builder = new DocumentBuilder()
    .setTitle(options.title)
    .setDescription(options.description)
    .setVersion(VERSION)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'API key or token' }, 'bearer')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, 'api_key')
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('api_key');
  const document = SwaggerModule.createDocument(app, builder.build(), { extraModels: [ProblemDto] });
  for (const [route, path] of Object.entries(document.paths)) {
    // Whoever asks for a token is not known yet, and a token is never answered from a store.
    if (path.post && !route.endsWith('/auth/token')) (path.post.parameters ??= []).push(IDEMPOTENCY_PARAMETER);
    for (const operation of Object.values(path as Record<string, { responses?: Record<string, unknown> }>)) {
      if (operation?.responses) operation.responses.default ??= { description: 'Problem (RFC 9457)', content: PROBLEM };
    }
  }
  return document;
}
