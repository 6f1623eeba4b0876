/**
 * `/api/events/subscribe`: front ends want to hear of events; there are none.
 * @module
 */
import { HttpError, type Routes } from "./answers.ts";

/** Makes the routes. */
export function eventRoutes(
  takePlace: () => (() => void) | null,
): Routes {
  return {
    "GET /api/events/subscribe": ({ request }) => {
      if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
        throw new HttpError(426, "Expected a WebSocket");
      }
      const leave = takePlace();
      if (leave === null) throw new HttpError(503, "Too many connections");
      const { socket, response } = Deno.upgradeWebSocket(request, {
        idleTimeout: 30,
      });
      socket.onclose = leave;
      // What goes wrong with a connection ends that connection.
      socket.onerror = leave;
      return response;
    },
  };
}
