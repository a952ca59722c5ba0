"""Serve the Mesa page as Solara does, with the words and the first line of our own server."""

import argparse
import os
import sys

from dashboard.server import prepare_surroundings


def main():
    os.environ["SOLARA_APP"] = "tests.browser.mesa_app"
    prepare_surroundings()
    import uvicorn
    from solara.server import starlette

    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    parser.add_argument("--no-browser", action="store_true")
    config = uvicorn.Config(
        starlette.app, port=parser.parse_args().port, log_level="warning", loop="asyncio"
    )
    listening = config.bind_socket()
    sys.stdout.write(f"swcmarket: http://localhost:{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
