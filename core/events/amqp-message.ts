import type { ConsumeMessage, Options } from 'amqplib';
import { Envelope } from './envelope.ts';

// CloudEvents in the structured mode: the body is the whole event in the JSON format, and the content type says so
// (CloudEvents 1.0.2, "JSON Event Format" 3 and "AMQP Protocol Binding" 3.2). traceparent is a header as well (W3C
// Trace Context), for tools that look at messages without reading them.

/** The most bytes of an event; RabbitMQ 4 takes 16 MiB by default, and a request's body is at most 1 MiB. */
export const mostBytes = 8 * 1024 * 1024;

export function toMessage(envelope: Envelope): { content: Buffer; options: Options.Publish } {
  const content = Buffer.from(JSON.stringify(envelope));
  if (content.length > mostBytes)
    throw new Error(
      `The event ${envelope.id} (${envelope.type}) has ${content.length} bytes; RabbitMQ is given at most ${mostBytes}.`,
    );
  return {
    content,
    options: {
      persistent: true,
      messageId: envelope.id,
      type: envelope.type,
      appId: 'task-connect',
      timestamp: Math.floor(Temporal.Instant.from(envelope.time).epochMilliseconds / 1000),
      contentType: 'application/cloudevents+json',
      contentEncoding: 'utf-8',
      headers: envelope.traceparent ? { traceparent: envelope.traceparent } : {},
    },
  };
}

/** The event in a message, or undefined where it is none of ours. */
export function fromMessage(message: ConsumeMessage): Envelope | undefined {
  try {
    return Envelope.safeParse(JSON.parse(message.content.toString())).data;
  } catch {
    return undefined;
  }
}
