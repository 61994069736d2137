import type { ServiceName } from '@assay/persistence';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
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
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path as Record<string, { responses?: Record<string, unknown> }>)) {
      if (operation?.responses) operation.responses.default ??= { description: 'Problem (RFC 9457)', content: PROBLEM };
    }
  }
  return document;
}
