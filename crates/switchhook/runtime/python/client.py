"""Switchhook's runtime client for Python: asks the Lambda Runtime API for events and gives them to the handler.

Standard library only, any Python from 3.8 on.
"""

import decimal
import http.client
import importlib
import json
import logging
import os
import socket
import sys
import time
import traceback

PREFIX = "/2018-06-01/runtime/"


class RuntimeApi:
    """One kept-alive connection to the Runtime API."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address)

    def request(self, method, operation, body=None, headers=None):
        if self.connection.sock is None:
            self.connection.connect()
            self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection.request(method, PREFIX + operation, body, headers or {})
        response = self.connection.getresponse()
        return response.status, response.headers, response.read()

    def post(self, operation, document, error_type=None):
        headers = {"Content-Type": "application/json"}
        if error_type:
            headers["Lambda-Runtime-Function-Error-Type"] = error_type.encode("ascii", "replace").decode()
        return self.request("POST", operation, document, headers)


class ClientContext:
    """The client context of an invocation."""

    def __init__(self, document):
        self.custom = document.get("custom")
        self.env = document.get("env")
        self.client = document.get("client")


class Context:
    """What the handler gets as its second argument."""

    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        client_context = headers.get("Lambda-Runtime-Client-Context")
        self.client_context = ClientContext(json.loads(client_context)) if client_context else None
        self.identity = None
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


class RequestId(logging.Filter):
    """Puts the running event's id into log records."""

    current = ""

    def filter(self, record):
        record.aws_request_id = RequestId.current
        return True


def encode(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def describe(kind, message, frames=(), request_id=None):
    document = {"errorMessage": message, "errorType": kind, "stackTrace": list(frames)}
    if request_id:
        document["requestId"] = request_id
    return json.dumps(document).encode()


def from_exception(error, skip=1):
    """The error's type, message and stack, less the frames of this file."""
    frames = traceback.format_list(traceback.extract_tb(error.__traceback__)[skip:])
    return type(error).__name__, str(error), frames


def load(handler):
    """The handler that `folder/file.function` names, or (type, message, frames) why there is none."""
    module_name, dot, name = handler.rpartition(".")
    if not dot or not module_name or not name:
        return None, ("Runtime.MalformedHandlerName", "Bad handler '%s': expected file.function" % handler, ())
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        text = "Unable to import module '%s': %s" % (module_name, error)
        return None, ("Runtime.ImportModuleError", text, from_exception(error)[2])
    except SyntaxError as error:
        text = "Syntax error in module '%s': %s" % (module_name, error)
        frames = ['  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)]
        return None, ("Runtime.UserCodeSyntaxError", text, frames)
    except SystemExit as error:
        return None, ("Runtime.ExitError", "module '%s' exited with %s" % (module_name, error.code), ())
    except Exception as error:  # Whatever a module does while it is imported.
        return None, from_exception(error)
    if not hasattr(module, name):
        return None, ("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (name, module_name), ())
    return getattr(module, name), None


def report(kind, message, frames):
    """Prints an error as the handler's own output would be."""
    sys.stdout.write("[ERROR] %s: %s\n%s\n" % (kind, message, "".join(frames)))


def main():
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, errors="replace")
    log = logging.StreamHandler(sys.stdout)
    log.setFormatter(
        logging.Formatter("[%(levelname)s]\t%(asctime)s.%(msecs)dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S")
    )
    log.formatter.converter = time.gmtime
    log.addFilter(RequestId())
    logging.getLogger().addHandler(log)

    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    # Modules are looked up where the code is, not where this file is.
    sys.path[0] = os.environ.get("LAMBDA_TASK_ROOT", os.getcwd())
    handler, failure = load(os.environ.get("_HANDLER", ""))
    if failure:
        report(*failure)
        api.post("init/error", describe(*failure), failure[0])
        sys.exit(1)

    while True:
        status, headers, payload = api.request("GET", "invocation/next")
        if status != 200:
            sys.exit(0)
        context = Context(headers)
        RequestId.current = context.aws_request_id
        operation = "invocation/%s/" % context.aws_request_id
        leaving = None
        try:
            result = handler(json.loads(payload), context)
        except SystemExit as error:
            leaving = error
            failure = ("Runtime.ExitError", "the handler exited with %s" % error.code, ())
        except BaseException as error:  # The handler's failure is an outcome, whatever it is.
            failure = from_exception(error)
        else:
            try:
                text = json.dumps(result, ensure_ascii=False, allow_nan=False, default=encode)
                body = text.encode("utf-8", "replace")
                failure = None
            except Exception as error:
                failure = ("Runtime.MarshalError", "Unable to marshal response: %s" % error, ())
        if failure:
            report(*failure)
            api.post(operation + "error", describe(*failure, request_id=context.aws_request_id), failure[0])
        else:
            api.post(operation + "response", body)
        if leaving:
            raise leaving


if __name__ == "__main__":
    main()
