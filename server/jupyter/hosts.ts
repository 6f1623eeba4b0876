/**
 * For which names a server answers that other machines may reach. Pure.
 *
 * A foreign page can give its own name the address of this server (DNS
 * rebinding), but it can not be at an address, nor at `localhost`. So these are
 * ours at any port, as tunnels and containers change it; other names only if
 * the user has said so.
 * @module
 */

/**
 * Makes the test of the header `Host`.
 *
 * @param names What the user allows, with or without a port.
 */
export function makeHostTest(
  names: readonly string[],
): (host: string) => boolean {
  const allowed = names.map((name) => name.toLowerCase());
  return (host) => {
    const [, name, port] = /^(\[[0-9a-f:.]+\]|[^:\[\]]+)(:\d{1,5})?$/i.exec(
      host.toLowerCase(),
    ) ?? [];
    if (name === undefined) return false;
    return name === "localhost" || name.startsWith("[") || isIpv4(name) ||
      allowed.includes(name) || allowed.includes(name + (port ?? ""));
  };
}

function isIpv4(name: string): boolean {
  const parts = name.split(".");
  return parts.length === 4 &&
    parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}
