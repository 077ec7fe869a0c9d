"""A real SMTP server with faults on demand, for the tests of tests/process/mail.rs. Needs aiosmtpd.

Prints its port on the first line. What it has accepted goes to accepted.jsonl in its folder, a line a message, decoded by
Python's own mail library; each connection adds a line to connections. Faults come from the file `fault` there, one line
"PHASE HOW", or from the recipient's local part, "PHASE-HOW@...".
PHASE: greeting, ehlo, starttls, auth, mail, rcpt, data, content, dot, quit.
HOW: a reply code; drop (close without a word); lose (after the dot: close, and don't keep the message); slow.
"""
import argparse
import asyncio
import email
import email.policy
import json
import os
import ssl

from aiosmtpd.smtp import SMTP, AuthResult

SLOW_SECONDS = 5


def fault_for(folder, phase, recipients):
    """How this phase is to fail, or None."""
    wanted = []
    path = os.path.join(folder, "fault")
    if os.path.exists(path):
        with open(path) as lines:
            wanted += [line.split() for line in lines if line.strip()]
    wanted += [r.split("@")[0].split("-", 1) for r in recipients if "-" in r.split("@")[0]]
    return next((how for where, how in wanted if where == phase), None)


class Keeper:
    def __init__(self, folder):
        self.folder = folder

    async def handle_DATA(self, server, session, envelope):
        how = fault_for(self.folder, "dot", envelope.rcpt_tos)
        if how and how.isdigit():
            return f"{how} 5.7.0 as the test wants it"
        if how == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        if how != "lose":
            self.keep(envelope)
        if how in ("drop", "lose"):
            server.transport.close()
        return "250 2.0.0 kept"

    def keep(self, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {p.get_content_type(): p.get_content() for p in message.walk() if not p.is_multipart()}
        row = {
            "mail_from": envelope.mail_from,
            "rcpt_tos": envelope.rcpt_tos,
            "headers": {name: str(value) for name, value in message.items()},
            "text": parts.get("text/plain", ""),
            "html": parts.get("text/html", ""),
        }
        with open(os.path.join(self.folder, "accepted.jsonl"), "a") as out:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


class Peer(SMTP):
    greeted = False

    def recipients(self, arg=""):
        said = [arg.split("<")[-1].split(">")[0]] if "<" in (arg or "") else []
        return said + list(getattr(self.envelope, "rcpt_tos", []))

    async def fails(self, phase, arg=""):
        how = fault_for(self.event_handler.folder, phase, self.recipients(arg))
        if how is None:
            return False
        if how == "slow":
            await asyncio.sleep(SLOW_SECONDS)
            return False
        if how == "drop":
            self.transport.close()
        else:
            await super().push(f"{how} 5.7.0 as the test wants it")
            if phase == "greeting":
                self.transport.close()
        return True

    async def push(self, status):
        if not self.greeted:
            self.greeted = True
            with open(os.path.join(self.event_handler.folder, "connections"), "a") as out:
                out.write("connected\n")
            if await self.fails("greeting"):
                return
        await super().push(status)
        if str(status).startswith("354") and self.transport:
            await self.fails("content")

    async def smtp_EHLO(self, hostname):
        if not await self.fails("ehlo"):
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg):
        if not await self.fails("starttls"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg):
        if not await self.fails("auth"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg):
        if not await self.fails("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        if not await self.fails("rcpt", arg):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        if not await self.fails("data"):
            await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg):
        if not await self.fails("quit"):
            await super().smtp_QUIT(arg)


# aiosmtpd finds commands by their docstring of syntax; ours take the originals'.
for command in ("EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"):
    ours, theirs = getattr(Peer, f"smtp_{command}"), getattr(SMTP, f"smtp_{command}")
    for name in ("__smtp_syntax__", "__smtp_syntax_extended__", "__smtp_syntax_when__"):
        if hasattr(theirs, name):
            setattr(ours, name, getattr(theirs, name))


def checker(user, password):
    def check(server, session, envelope, mechanism, data):
        right = data.login == user.encode() and data.password == password.encode()
        return AuthResult(success=right, handled=False)

    return check


async def serve(options):
    context = None
    if options.security != "plain":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.cert, options.key)
    keeper = Keeper(options.folder)

    def peer():
        return Peer(
            keeper,
            hostname="peer.example",
            tls_context=context if options.security == "starttls" else None,
            require_starttls=options.security == "starttls",
            authenticator=checker(options.user, options.password) if options.user else None,
            auth_required=bool(options.user),
            auth_require_tls=options.security == "starttls",
        )

    wrapped = context if options.security == "tls" else None
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda *_: None)
    server = await loop.create_server(peer, "127.0.0.1", options.port, ssl=wrapped)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--security", choices=["plain", "starttls", "tls"], default="plain")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--user", default="")
    parser.add_argument("--password", default="")
    asyncio.run(serve(parser.parse_args()))
