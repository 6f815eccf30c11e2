"""FastAPI's security classes on uvicorn. usage: fastapi_app.py PORT"""

import sys

import uvicorn
from fastapi import Depends, FastAPI
from fastapi.security import APIKeyHeader, HTTPBasic, HTTPBearer, HTTPDigest, OAuth2PasswordBearer

app = FastAPI()
schemes = {
    "b": HTTPBasic(),
    "br": HTTPBasic(realm='Staff "in"'),
    "h": HTTPBearer(),
    "d": HTTPDigest(),
    "o": OAuth2PasswordBearer(tokenUrl="token"),
    "k": APIKeyHeader(name="X-API-Key"),
}


def protect(name, scheme):
    app.add_api_route(f"/{name}", lambda found=Depends(scheme): "in")


for each in schemes.items():
    protect(*each)

uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]))
